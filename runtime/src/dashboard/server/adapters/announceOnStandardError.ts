import process from 'node:process';

/** Writes a line to standard error: it is read by who starts the program, and is no output of it. */
export function announceOnStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
