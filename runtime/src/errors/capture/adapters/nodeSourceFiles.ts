import { constants, type FileHandle, open } from 'node:fs/promises';
import { ApplicationFiles } from './applicationFiles.ts';
import type { SourceFiles, SourceText } from '../sourceFiles.ts';

/**
 * The files of this machine that are an application's, see `ApplicationFiles`.
 *
 * @param workingDirectory - an absolute path
 */
export function nodeSourceFiles(workingDirectory: string): SourceFiles {
  const files = new ApplicationFiles(workingDirectory);
  return { read: (path, maxBytes) => read(files, path, maxBytes) };
}

async function read(files: ApplicationFiles, path: string, maxBytes: number): Promise<SourceText> {
  try {
    const real = await files.realPathOf(path);
    if (real === undefined) return { reason: 'elsewhere' };
    // Without O_NONBLOCK the opening of a named pipe waits for somebody who writes to it, and holds one of few threads.
    await using file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
    return await readWhole(file, maxBytes);
  } catch (error) {
    return { reason: codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? 'missing' : 'unreadable' };
  }
}

async function readWhole(file: FileHandle, maxBytes: number): Promise<SourceText> {
  const stats = await file.stat();
  if (!stats.isFile()) return { reason: 'no file' };
  if (stats.size > maxBytes) return { reason: 'too long' };
  const buffer = Buffer.allocUnsafe(stats.size);
  let length = 0;
  // No further than its size said: a file may grow while it is read.
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return { text: buffer.toString('utf8', 0, length) };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
