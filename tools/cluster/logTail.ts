import { readTextIfPresent } from '../process/privateFiles.ts';

/** The last lines of a log file, empty ones left out; none when there is no file. */
export function readLastLines(path: string, count: number): readonly string[] {
  const lines = (readTextIfPresent(path) ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count);
}
