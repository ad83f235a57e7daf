import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../cluster/runCommand.ts';

const COMPILE_TIMEOUT_MILLIS = 180_000;

/**
 * Compiles a workspace's package with its `tsconfig.build.json` into the cache, not into the checkout,
 * and gives the directory. The same sources and compiler are found again.
 *
 * @throws CommandFailedError with the compiler's messages.
 */
export async function buildPackage(
  root: string,
  place: string,
  cacheDirectory: string,
  alsoReads: readonly string[] = [],
): Promise<string> {
  const name = `${place.replaceAll('/', '-')}-${fingerprint(root, [place, ...alsoReads])}`;
  const directory = join(cacheDirectory, 'images', 'builds', name);
  if (existsSync(directory)) return directory;
  const temporary = `${directory}.${randomUUID()}.tmp`;
  mkdirSync(temporary, { recursive: true });
  try {
    const compiler = [process.execPath, join(root, 'node_modules/typescript/bin/tsc')];
    await runCommand([...compiler, '-p', join(root, place, 'tsconfig.build.json'), '--outDir', temporary], {
      timeoutMillis: COMPILE_TIMEOUT_MILLIS,
    });
    if (!existsSync(directory)) renameSync(temporary, directory);
    return directory;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function fingerprint(root: string, places: readonly string[]): string {
  const hash = createHash('sha256');
  const patterns = places.flatMap((place) =>
    ['src/**/*.ts', 'package.json', 'tsconfig*.json'].map((pattern) => join(place, pattern)),
  );
  for (const path of globSync([...patterns, 'tsconfig.json', 'node_modules/typescript/package.json'], {
    cwd: root,
  }).sort()) {
    hash.update(path).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex').slice(0, 12);
}
