import { resolve } from 'node:path';
import { StoppedBySignalError } from '../toolchain/stoppedBySignalError.ts';
import { createClusterCommand } from './clusterCommand.ts';

const abort = new AbortController();
const stop = (signal: NodeJS.Signals): void => {
  abort.abort(new StoppedBySignalError(signal));
};
process.once('SIGINT', stop).once('SIGTERM', stop);

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
