import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledPart, PartName } from '../toolchain/part.ts';
import { createApplicationTree } from './applicationTree.ts';
import { buildPackage } from './buildPackage.ts';
import type { ImageSpec } from './imageSpec.ts';
import { packImage } from './packImage.ts';
import { checkoutImage } from './specs/checkoutImage.ts';
import { elasticsearchImage } from './specs/elasticsearchImage.ts';
import { jaegerImages } from './specs/jaegerImages.ts';
import { postgresImage } from './specs/postgresImage.ts';
import { redisImage } from './specs/redisImage.ts';

/** What {@link packImages} takes. */
export interface PackImagesOptions {
  /** `jaeger`, `servers-rootfs` and `elasticsearch` are used; others are ignored. */
  readonly parts: readonly InstalledPart[];
  readonly checkout: string;
  readonly cacheDirectory: string;
  readonly onEvent?: (detail: string) => void;
}

const EXAMPLE = 'examples/checkout';
const RUNTIME = 'runtime';
const DEBIAN_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Packs every image of the demonstration, under the names that a real cluster pulls. What is packed
 * already is found again.
 *
 * @returns directories for `importImages`
 */
export async function packImages(options: PackImagesOptions): Promise<readonly string[]> {
  const onEvent = options.onEvent ?? (() => undefined);
  const directories: string[] = [];
  // One after the other: images of one base find its layer packed by the first.
  for (const spec of await imageSpecs(options, onEvent)) {
    onEvent(`packing ${spec.reference}`);
    directories.push(await packImage(spec, options.cacheDirectory));
  }
  return directories;
}

async function imageSpecs(
  options: PackImagesOptions,
  onEvent: (detail: string) => void,
): Promise<readonly ImageSpec[]> {
  const servers = partDirectory(options.parts, 'servers-rootfs');
  const architecture = DEBIAN_ARCHITECTURES[process.arch] ?? process.arch;
  onEvent('compiling the checkout example');
  return [
    ...jaegerImages(partDirectory(options.parts, 'jaeger')),
    elasticsearchImage(servers, partDirectory(options.parts, 'elasticsearch'), architecture),
    postgresImage(servers),
    redisImage(servers),
    await checkoutSpec(options, servers),
  ];
}

async function checkoutSpec(
  { checkout, cacheDirectory }: PackImagesOptions,
  serversDirectory: string,
): Promise<ImageSpec> {
  const [runtime, example] = await Promise.all([
    buildPackage(checkout, RUNTIME, cacheDirectory),
    buildPackage(checkout, EXAMPLE, cacheDirectory, [RUNTIME]),
  ]);
  return checkoutImage({
    version: versionOf(join(checkout, EXAMPLE, 'package.json')),
    serversDirectory,
    nodeProgram: process.execPath,
    application: createApplicationTree({
      root: checkout,
      main: EXAMPLE,
      builds: { [RUNTIME]: runtime, [EXAMPLE]: example },
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

function partDirectory(parts: readonly InstalledPart[], name: PartName): string {
  const part = parts.find((candidate) => candidate.name === name);
  if (part === undefined) throw new RangeError(`images cannot be packed without the toolchain's part ${name}`);
  return part.directory;
}
