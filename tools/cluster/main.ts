import { resolve } from 'node:path';
import { StoppedBySignalError } from '../toolchain/stoppedBySignalError.ts';
import { createClusterCommand } from './clusterCommand.ts';

const abort = new AbortController();
const stop = (signal: NodeJS.Signals): void => {
  if (abort.signal.aborted) process.exit(1); // Asked twice: without tidying up; the next run does it.
  abort.abort(new StoppedBySignalError(signal));
};
// Kept for the second time: without a listener of ours a library's ends the process before it can say why.
process.on('SIGINT', stop).on('SIGTERM', stop);

const program = createClusterCommand({
  environment: process.env,
  checkout: resolve(import.meta.dirname, '../..'),
  signal: abort.signal,
  write: (text) => process.stdout.write(text),
  report: (text) => process.stderr.write(`${text}\n`),
});

try {
  await program.parseAsync();
} catch (error) {
  // Every expected failure has a class of its own whose message says what to do; others show where they come from.
  const isExpected = error instanceof Error && error.name !== 'Error' && error.name !== 'TypeError';
  const text = error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`cluster: ${text}\n`);
  process.exitCode = 1;
}
