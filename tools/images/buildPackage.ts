import { execa } from 'execa';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PackageBuildError } from './packageBuildError.ts';

const COMPILE_TIMEOUT_MILLIS = 180_000;

/**
 * Compiles a package of the repository with its `tsconfig.build.json` into the cache, not into the repository, and
 * gives the directory. The same sources and compiler are found again.
 *
 * @param place - The package's directory, relative to the repository.
 * @param alsoReads - Other packages whose sources the compiler reads.
 * @throws PackageBuildError with the compiler's messages.
 */
export async function buildPackage(
  repository: string,
  place: string,
  cacheDirectory: string,
  alsoReads: readonly string[] = [],
): Promise<string> {
  const name = `${place.replaceAll('/', '-')}-${fingerprint(repository, [place, ...alsoReads])}`;
  const directory = join(cacheDirectory, 'images', 'builds', name);
  if (existsSync(directory)) return directory;
  const temporary = `${directory}.${randomUUID()}.tmp`;
  mkdirSync(temporary, { recursive: true });
  try {
    await compile(repository, place, temporary);
    if (!existsSync(directory)) renameSync(temporary, directory);
    return directory;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function compile(repository: string, place: string, outputDirectory: string): Promise<void> {
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  const project = join(repository, place, 'tsconfig.build.json');
  const result = await execa(process.execPath, [compiler, '--project', project, '--outDir', outputDirectory], {
    reject: false,
    all: true,
    timeout: COMPILE_TIMEOUT_MILLIS,
  });
  if (!result.failed) return;
  const printed = result.all.trim();
  throw new PackageBuildError(place, printed === '' ? (result.shortMessage ?? '') : printed, { cause: result });
}

function fingerprint(repository: string, places: readonly string[]): string {
  const hash = createHash('sha256');
  const patterns = places.flatMap((place) =>
    ['src/**/*.ts', 'package.json', 'tsconfig*.json'].map((pattern) => join(place, pattern)),
  );
  for (const path of globSync([...patterns, 'tsconfig.json', 'node_modules/typescript/package.json'], {
    cwd: repository,
  }).sort()) {
    hash.update(path).update(readFileSync(join(repository, path)));
  }
  return hash.digest('hex').slice(0, 12);
}
