import type { StackFrame } from '../errorFacts.ts';
import { isAbsolutePath, isUrl } from './sourceName.ts';

/** A stack can be made up, and is not to open other files than programs. */
const PROGRAM = /\.[cm]?[jt]sx?$/i;

/** `//server/share/main.js`, which Windows would ask that server for. */
const ON_SERVER = /^[\\/]{2}/;

/**
 * The absolute path of the file that a frame of the application's names, where it is one with a program in it: not on another
 * machine, and without `..`. Whether it may be read is for `SourceFiles` to say, who know of links.
 *
 * @param workingDirectory - with `/` at its end, see `directoryPrefix`
 */
export function readableSource(frame: StackFrame, workingDirectory: string): string | undefined {
  const { file, isInApplication } = frame;
  if (file === undefined || !isInApplication || !PROGRAM.test(file) || file.includes('\0')) return undefined;
  if (ON_SERVER.test(file) || file.split(/[\\/]/).includes('..')) return undefined;
  if (isAbsolutePath(file)) return file;
  return isUrl(file) ? undefined : workingDirectory + file;
}
