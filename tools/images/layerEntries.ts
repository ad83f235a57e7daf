import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { DirectorySource, FileOwner, LayerSource } from './imageSpec.ts';

interface EntryBase {
  /** Path in the image without a leading slash. */
  readonly path: string;
  readonly mode: number;
  readonly owner: FileOwner;
}

/** One file, directory or symbolic link of a layer. */
export type LayerEntry =
  | (EntryBase & { readonly kind: 'directory' })
  | (EntryBase & { readonly kind: 'symlink'; readonly linkTarget: string })
  | (EntryBase & { readonly kind: 'text'; readonly text: string })
  | (EntryBase & {
      readonly kind: 'file';
      readonly source: string;
      readonly size: number;
      readonly modifiedMillis: number;
    });

const ROOT: FileOwner = { userId: 0, groupId: 0 };
const DIRECTORY_MODE = 0o755;

/** Lists a layer's entries sorted by path, each directory before what it holds, no path twice. */
export function listLayerEntries(sources: readonly LayerSource[]): readonly LayerEntry[] {
  const byPath = new Map<string, LayerEntry>();
  for (const entry of sources.flatMap(entriesOf)) byPath.set(entry.path, entry);
  for (const path of [...byPath.keys()].flatMap(parentsOf)) {
    if (!byPath.has(path)) byPath.set(path, { kind: 'directory', path, mode: DIRECTORY_MODE, owner: ROOT });
  }
  return [...byPath.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}

function entriesOf(source: LayerSource): readonly LayerEntry[] {
  switch (source.kind) {
    case 'directory':
      return walk(source, '');
    case 'file': {
      const { size, mtimeMs } = lstatSync(source.source);
      const { target: path, mode, owner = ROOT } = source;
      return [{ kind: 'file', path, mode, owner, source: source.source, size, modifiedMillis: mtimeMs }];
    }
    case 'text':
      return [{ kind: 'text', path: source.target, mode: source.mode, owner: source.owner ?? ROOT, text: source.text }];
    case 'link':
      return [{ kind: 'symlink', path: source.target, mode: 0o777, owner: ROOT, linkTarget: source.linkTarget }];
    case 'emptyDirectory':
      return [{ kind: 'directory', path: source.target, mode: source.mode, owner: source.owner ?? ROOT }];
  }
}

function walk(root: DirectorySource, relative: string): readonly LayerEntry[] {
  const entries: LayerEntry[] = [];
  for (const name of readdirSync(join(root.source, relative)).sort()) {
    const path = relative === '' ? name : `${relative}/${name}`;
    if (root.exclude?.some((pattern) => pattern.test(path)) === true) continue;
    const stats = lstatSync(join(root.source, path));
    const entry = describe(root, path, stats);
    if (entry !== undefined) entries.push(entry);
    if (stats.isDirectory()) entries.push(...walk(root, path));
  }
  return entries;
}

// Devices, sockets and pipes are made by the container engine, never taken from an image.
function describe(root: DirectorySource, relative: string, stats: Stats): LayerEntry | undefined {
  const source = join(root.source, relative);
  const path = root.target === '' ? relative : `${root.target}/${relative}`;
  const owner = root.owner ?? { userId: stats.uid, groupId: stats.gid };
  const base = { path, mode: stats.mode & 0o7777, owner };
  if (stats.isDirectory()) return { ...base, kind: 'directory' };
  if (stats.isSymbolicLink()) return { ...base, kind: 'symlink', mode: 0o777, linkTarget: readlinkSync(source) };
  if (stats.isFile()) return { ...base, kind: 'file', source, size: stats.size, modifiedMillis: stats.mtimeMs };
  return undefined;
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
