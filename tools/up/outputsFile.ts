import { randomUUID } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { OptionError } from '../stack/options.ts';

/** Where a stack's outputs are written when no file was named: beside the state of its cluster. */
export function defaultOutputsFile(stateDirectory: string, stack: string): string {
  return join(stateDirectory, 'outputs', `${stack}.json`);
}

/**
 * Makes sure that the outputs can be written to a file that a user has named, by writing beside it: modes alone do not
 * tell, for who is root or on a read-only file system.
 * @throws OptionError
 */
export function requireOutputsFile(file: string): void {
  const existing = lstatSync(file, { throwIfNoEntry: false });
  if (existing?.isSymbolicLink() === true) throw refusal(`${file} is a symbolic link; name the file itself`);
  if (existing?.isDirectory() === true) throw refusal(`${file} is a directory; name a file in it`);
  if (existing !== undefined && !existing.isFile()) throw refusal(`${file} is not a regular file`);
  const probe = temporaryBeside(file);
  try {
    writeFileSync(probe, '');
  } catch (cause) {
    // The rest of the message names the probe, which a user has not heard of.
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split(', ');
    throw refusal(`${file} cannot be written: ${reason}`);
  } finally {
    rmSync(probe, { force: true });
  }
}

/**
 * Writes a stack's outputs for `TRACEWRIGHT_STACK_OUTPUTS_FILE`: whole or, when cut short, not at all. They hold no secret,
 * and every local user may read them who can get there.
 */
export function writeOutputsFile(file: string, outputs: TracingStackOutputs): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = temporaryBeside(file);
  writeFileSync(temporary, `${JSON.stringify(outputs, null, 2)}\n`);
  // Whatever the umask takes away.
  chmodSync(temporary, 0o644);
  renameSync(temporary, file);
}

/** Removes the outputs of a stack that is gone, where `up` wrote them unasked. */
export async function removeOutputsFile(stateDirectory: string, stack: string): Promise<void> {
  await rm(defaultOutputsFile(stateDirectory, stack), { force: true });
}

function temporaryBeside(file: string): string {
  return `${file}.${randomUUID()}.tmp`;
}

function refusal(message: string): OptionError {
  return new OptionError('outputs-file', message);
}
