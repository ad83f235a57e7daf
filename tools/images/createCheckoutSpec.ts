import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApplicationTree } from './applicationTree.ts';
import { buildPackage } from './buildPackage.ts';
import { buildPageFiles } from './buildPageFiles.ts';
import type { ImageSpec } from './imageSpec.ts';
import { checkoutImage } from './specs/checkoutImage.ts';

/** What {@link createCheckoutSpec} takes. */
export interface CheckoutSpecOptions {
  /** Root of the repository, with its packages installed. */
  readonly repository: string;
  readonly cacheDirectory: string;
  /** Directory of the toolchain's part `servers-rootfs`. */
  readonly serversDirectory: string;
}

const EXAMPLE = 'examples/checkout';
const RUNTIME = 'runtime';

/**
 * Compiles the example shop with the runtime and says what its image holds: this machine's Node.js and the packages
 * that are installed in the repository.
 *
 * @throws PackageBuildError when it does not compile, Error naming a package that is not installed.
 */
export async function createCheckoutSpec(options: CheckoutSpecOptions): Promise<ImageSpec> {
  const { repository, cacheDirectory, serversDirectory } = options;
  const [runtime, page, example] = await Promise.all([
    buildPackage(repository, RUNTIME, cacheDirectory),
    buildPageFiles(repository, cacheDirectory),
    buildPackage(repository, EXAMPLE, cacheDirectory, [RUNTIME]),
  ]);
  return checkoutImage({
    version: versionOf(join(repository, EXAMPLE, 'package.json')),
    serversDirectory,
    nodeProgram: process.execPath,
    application: createApplicationTree({
      root: repository,
      main: EXAMPLE,
      builds: { [RUNTIME]: { dist: runtime, 'page/dist': page }, [EXAMPLE]: { dist: example } },
    }),
  });
}

function versionOf(packageFile: string): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile, 'utf8'));
  if (
    typeof manifest === 'object' &&
    manifest !== null &&
    'version' in manifest &&
    typeof manifest.version === 'string'
  ) {
    return manifest.version;
  }
  throw new TypeError(`${packageFile} has no version, which the image's tag is made of`);
}
