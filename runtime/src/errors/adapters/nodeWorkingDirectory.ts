import process from 'node:process';

/** Where the process was started; the root where that is no more. */
export function nodeWorkingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}
