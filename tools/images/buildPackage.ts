import { execa } from 'execa';
import { join } from 'node:path';
import { cachedBuild } from './cachedBuild.ts';
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
  const sources = [place, ...alsoReads].flatMap((read) =>
    ['src/**/*.ts', 'package.json', 'tsconfig*.json'].map((pattern) => join(read, pattern)),
  );
  return cachedBuild({
    repository,
    cacheDirectory,
    name: place.replaceAll('/', '-'),
    madeOf: [...sources, 'tsconfig.json', 'node_modules/typescript/package.json'],
    build: (directory) => compile(repository, place, directory),
  });
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
