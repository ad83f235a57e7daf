import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What is found below some paths. */
export interface FoundManifests {
  readonly files: readonly string[];
  /** Symbolic links that would be manifests, if they were followed. */
  readonly links: readonly string[];
  /** Directories that cannot be listed, and why. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const nothing: FoundManifests = { files: [], links: [], unreadable: [] };

/** A path of the command line leads to nothing that can be read. */
export class ManifestPathError extends Error {
  override readonly name = 'ManifestPathError';
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`--manifests: ${path} ${problem}`);
    this.path = path;
  }
}

/**
 * The files below some paths that may hold manifests (`.yaml`, `.yml`, `.json`), in the order of the paths and then of their names. A
 * file that is named is taken whatever it is called. Symbolic links below a directory are not followed, those to such files are named;
 * hidden directories and `node_modules` are left out. A directory that cannot be listed hides no other.
 *
 * @throws ManifestPathError for a path that is neither file nor directory.
 */
export async function findManifests(paths: readonly string[]): Promise<FoundManifests> {
  return together(await Promise.all(paths.map(foundAt)));
}

async function foundAt(path: string): Promise<FoundManifests> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) throw new ManifestPathError(path, 'does not exist');
  if (found.isDirectory()) return foundIn(path);
  if (found.isFile()) return { ...nothing, files: [path] };
  throw new ManifestPathError(path, 'is neither a file nor a directory; give what it leads to');
}

async function foundIn(directory: string): Promise<FoundManifests> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    return together(await Promise.all(entries.map((entry) => foundOf(entry, join(directory, entry.name)))));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...nothing, unreadable: [{ path: directory, reason }] };
  }
}

async function foundOf(entry: Dirent, path: string): Promise<FoundManifests> {
  if (entry.isDirectory()) return isLeftOut(entry.name) ? nothing : foundIn(path);
  if (!/\.(ya?ml|json)$/i.test(entry.name)) return nothing;
  if (entry.isSymbolicLink()) return { ...nothing, links: [path] };
  return entry.isFile() ? { ...nothing, files: [path] } : nothing;
}

function together(parts: readonly FoundManifests[]): FoundManifests {
  return {
    files: [...new Set(parts.flatMap(({ files }) => files))],
    links: [...new Set(parts.flatMap(({ links }) => links))],
    unreadable: parts.flatMap(({ unreadable }) => unreadable),
  };
}

function isLeftOut(directory: string): boolean {
  return directory.startsWith('.') || directory === 'node_modules';
}
