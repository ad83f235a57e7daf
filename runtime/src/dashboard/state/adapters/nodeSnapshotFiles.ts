import { lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { StringDecoder } from 'node:string_decoder';
import type { SnapshotFiles } from '../snapshotFiles.ts';

/** Some twenty groups: to read and check them takes a few milliseconds. */
const PIECE_BYTES = 16 * 1024;
/** Ten thousand groups are some 10 MB. */
const MOST_BYTES = 512 * 1024 * 1024;
const OWNER_ONLY = 0o600;
/** Nobody writes for so long. */
const STALE_MILLIS = 60 * 60 * 1000;

/** Files of this machine. */
export function nodeSnapshotFiles(): SnapshotFiles {
  return { read, write, rename, cleanUp };
}

async function* read(path: string): AsyncGenerator<string> {
  const { size } = await plainFile(path);
  if (size > MOST_BYTES) throw new Error(`it takes ${size} bytes, more than the ${MOST_BYTES} allowed`);
  const handle = await open(path, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const buffer = Buffer.alloc(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, PIECE_BYTES);
      if (bytesRead === 0) break;
      yield decoder.write(buffer.subarray(0, bytesRead));
    }
    yield decoder.end();
  } finally {
    await handle.close();
  }
}

/** A link could lead anywhere, and would be replaced; to open a pipe would wait for ever. */
async function plainFile(path: string): Promise<{ readonly size: number }> {
  const stats = await lstat(path);
  if (!stats.isFile()) throw new Error('it is no plain file, but a folder, a link or the like');
  return stats;
}

async function write(path: string, pieces: Iterable<string>): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await rm(temporary, { force: true });
  // A name that somebody made a link of meanwhile is not followed.
  const handle = await open(temporary, 'wx', OWNER_ONLY);
  try {
    try {
      for (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function cleanUp(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `${basename(path)}.`;
  try {
    for (const name of await readdir(folder)) {
      if (!name.startsWith(start) || !/^\d+\.tmp$/.test(name.slice(start.length))) continue;
      const left = join(folder, name);
      const { mtimeMs } = await lstat(left);
      if (Date.now() - mtimeMs > STALE_MILLIS) await rm(left, { force: true });
    }
  } catch {
    // What cannot be read or written is told where the file itself is.
  }
}
