import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, pack, type Extract, type Pack } from 'tar-stream';
import { toError } from '../values/toError.ts';
import type { LayerEntry } from './layerEntries.ts';

/** A blob of an OCI image. */
export interface Blob {
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

type EntryHeader = Parameters<Pack['entry']>[0];

// Every file carries the same time, so that the same content gives the same digest.
const FIXED_TIME = new Date(0);
const STREAMED_BYTES = 1024 * 1024;

/** Writes the entries as an uncompressed tar; the same entries and contents give the same bytes. */
export function writeLayerTar(entries: readonly LayerEntry[], path: string): Promise<Blob> {
  return writeTar(path, (tar) => addEntries(tar, entries));
}

/** Copies a tar of a root file system without what matches `exclude`, devices and times of its own. */
export function filterLayerTar(source: string, exclude: readonly RegExp[], path: string): Promise<Blob> {
  return writeTar(path, async (tar) => {
    const entries = extract();
    const reading = pipeline(createReadStream(source, { highWaterMark: STREAMED_BYTES }), entries);
    await Promise.all([reading, copyEntries(entries, tar, exclude)]);
  });
}

async function writeTar(path: string, fill: (tar: Pack) => Promise<void>): Promise<Blob> {
  const tar = pack();
  const hash = createHash('sha256');
  let size = 0;
  const meter = new PassThrough();
  meter.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    size += chunk.length;
  });
  const filled = fill(tar).then(
    () => {
      tar.finalize();
    },
    (error: unknown) => {
      tar.destroy(toError(error));
      throw error;
    },
  );
  await Promise.all([filled, pipeline(tar, meter, createWriteStream(path))]);
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

async function copyEntries(entries: Extract, tar: Pack, exclude: readonly RegExp[]): Promise<void> {
  for await (const entry of entries) {
    const { name, type, mode, uid, gid, linkname, size } = entry.header;
    const path = name.replace(/^\.\//, '');
    const isCopied = type === 'file' || type === 'directory' || type === 'symlink' || type === 'link';
    if (path === '' || !isCopied || exclude.some((pattern) => pattern.test(path))) {
      entry.resume();
      continue;
    }
    // Hard links name a path of the tar, symbolic links a path of the running system.
    const target = type === 'link' ? { linkname: linkname.replace(/^\.\//, '') } : linkname ? { linkname } : {};
    const header = { name: path, type, mode, uid, gid, mtime: FIXED_TIME, ...target };
    if (type === 'file' && size > 0) {
      const sink = tar.entry({ ...header, size });
      await pipeline(entry, sink);
    } else {
      entry.resume();
      await addWhole(tar, header);
    }
  }
}

async function addEntries(tar: Pack, entries: readonly LayerEntry[]): Promise<void> {
  for (const entry of entries) await addEntry(tar, entry);
}

async function addEntry(tar: Pack, entry: LayerEntry): Promise<void> {
  const header = { mode: entry.mode, uid: entry.owner.userId, gid: entry.owner.groupId, mtime: FIXED_TIME };
  switch (entry.kind) {
    case 'directory':
      return addWhole(tar, { ...header, name: `${entry.path}/`, type: 'directory' });
    case 'symlink':
      return addWhole(tar, { ...header, name: entry.path, type: 'symlink', linkname: entry.linkTarget });
    case 'text':
      return addWhole(tar, { ...header, name: entry.path, type: 'file' }, Buffer.from(entry.text));
    case 'file':
      if (entry.size < STREAMED_BYTES) {
        return addWhole(tar, { ...header, name: entry.path, type: 'file' }, await readFile(entry.source));
      }
      await addFileToTar(tar, { ...header, name: entry.path, type: 'file', size: entry.size }, entry.source);
  }
}

/** Adds a file without reading it into memory; `header.size` must be its size. */
export async function addFileToTar(tar: Pack, header: EntryHeader, source: string): Promise<void> {
  const written = Promise.withResolvers<undefined>();
  const sink = tar.entry(header, (error) => {
    if (error) written.reject(error);
    else written.resolve(undefined);
  });
  await Promise.all([pipeline(createReadStream(source, { highWaterMark: STREAMED_BYTES }), sink), written.promise]);
}

function addWhole(tar: Pack, header: EntryHeader, content: Buffer = Buffer.alloc(0)): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry(header, content, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
