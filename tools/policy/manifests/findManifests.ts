import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

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
 * file that is named is taken whatever it is called. Symbolic links below a directory are not followed; hidden directories and
 * `node_modules` are left out.
 *
 * @throws ManifestPathError for a path that is neither file nor directory.
 */
export async function findManifests(paths: readonly string[]): Promise<readonly string[]> {
  const files = await Promise.all(paths.map(filesBelow));
  return [...new Set(files.flat())];
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) throw new ManifestPathError(path, 'does not exist');
  if (found.isDirectory()) return filesIn(path);
  if (found.isFile()) return [path];
  throw new ManifestPathError(path, 'is neither a file nor a directory; give what it leads to');
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const files = await Promise.all(
    entries
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map((entry) => filesOf(entry, join(directory, entry.name))),
  );
  return files.flat();
}

async function filesOf(entry: Dirent, path: string): Promise<readonly string[]> {
  if (entry.isDirectory()) return isLeftOut(entry.name) ? [] : filesIn(path);
  return entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name) ? [path] : [];
}

function isLeftOut(directory: string): boolean {
  return directory.startsWith('.') || directory === 'node_modules';
}
