import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Works in a directory that only its owner may enter, and that goes with what is in it.
 * @param what - What it is for: a part of its name.
 */
export async function withTemporaryDirectory<T>(what: string, work: (directory: string) => T | Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), `tracewright-${what}-`));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
