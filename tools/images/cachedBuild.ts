import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a build is made of, and how. */
export interface CachedBuildOptions {
  /** Root of the repository. */
  readonly repository: string;
  readonly cacheDirectory: string;
  /** What is built; part of the directory's name. */
  readonly name: string;
  /** Globs of the files that decide what becomes of it, relative to the repository. */
  readonly madeOf: readonly string[];
  /** Fills the directory, which is there. */
  readonly build: (directory: string) => Promise<unknown>;
}

/** The directory in the cache with what the same files were built to before, else built now: whole, or not at all. */
export async function cachedBuild(options: CachedBuildOptions): Promise<string> {
  const { cacheDirectory, name, build } = options;
  const directory = join(cacheDirectory, 'images', 'builds', `${name}-${fingerprint(options)}`);
  if (existsSync(directory)) return directory;
  const temporary = `${directory}.${randomUUID()}.tmp`;
  mkdirSync(temporary, { recursive: true });
  try {
    await build(temporary);
    if (!existsSync(directory)) renameSync(temporary, directory);
    return directory;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function fingerprint({ repository, madeOf }: CachedBuildOptions): string {
  const hash = createHash('sha256');
  for (const path of globSync(madeOf, { cwd: repository }).sort()) {
    hash.update(path).update(readFileSync(join(repository, path)));
  }
  return hash.digest('hex').slice(0, 12);
}
