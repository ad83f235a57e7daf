import type { InstalledPart } from '../toolchain/part.ts';
import { createCheckoutSpec } from './createCheckoutSpec.ts';
import type { ImageSpec } from './imageSpec.ts';
import { packImage } from './packImage.ts';
import { requirePart } from './requirePart.ts';
import { curlImage } from './specs/curlImage.ts';
import { elasticsearchImage } from './specs/elasticsearchImage.ts';
import { jaegerImages } from './specs/jaegerImages.ts';
import { postgresImage } from './specs/postgresImage.ts';
import { redisImage } from './specs/redisImage.ts';

/** What {@link packImages} takes. */
export interface PackImagesOptions {
  /** `jaeger`, `servers-rootfs` and `elasticsearch` are used, each image in its part's version; others are ignored. */
  readonly parts: readonly InstalledPart[];
  /** Root of the repository, with its packages installed. */
  readonly repository: string;
  readonly cacheDirectory: string;
  readonly onEvent?: (detail: string) => void;
}

/**
 * Packs every image of the demonstration, under the names that a real cluster pulls. What is packed
 * already is found again.
 *
 * @returns the images' OCI layout directories, for `importImages`
 */
export async function packImages(options: PackImagesOptions): Promise<readonly string[]> {
  const { parts, repository, cacheDirectory, onEvent = () => undefined } = options;
  onEvent('compiling the checkout example');
  const serversDirectory = requirePart(parts, 'servers-rootfs').directory;
  const checkout = await createCheckoutSpec({ repository, cacheDirectory, serversDirectory });
  const directories: string[] = [];
  // One after the other: images of one base find its layer packed by the first.
  for (const spec of [...serverImages(parts), checkout]) {
    onEvent(`packing ${spec.reference}`);
    directories.push(await packImage(spec, cacheDirectory));
  }
  return directories;
}

/**
 * The images of Jaeger, of the databases and of what waits for them.
 *
 * @throws RangeError when a part that they are packed from is missing.
 */
export function serverImages(parts: readonly InstalledPart[]): readonly ImageSpec[] {
  const servers = requirePart(parts, 'servers-rootfs').directory;
  return [
    ...jaegerImages(requirePart(parts, 'jaeger')),
    elasticsearchImage(servers, requirePart(parts, 'elasticsearch')),
    postgresImage(servers),
    redisImage(servers),
    curlImage(servers),
  ];
}
