import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Names, relative with a leading slash, and contents of all text files below a directory, in a fixed order, for a fingerprint. */
export async function sourceFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.sort().map(async (path) => `${path.slice(directory.length)}\n${await readFile(path, 'utf8')}`),
  );
}
