import type { InstalledPart } from '../toolchain/part.ts';
import { createCheckoutSpec } from './createCheckoutSpec.ts';
import type { ImageSpec } from './imageSpec.ts';
import { packImage } from './packImage.ts';
import { requirePart } from './requirePart.ts';
import { curlImage } from './specs/curlImage.ts';
import { elasticsearchImage } from './specs/elasticsearchImage.ts';
import { ingesterImage, jaegerImages } from './specs/jaegerImages.ts';
import { kafkaImage } from './specs/kafkaImage.ts';
import { postgresImage } from './specs/postgresImage.ts';
import { redisImage } from './specs/redisImage.ts';

/** What {@link packImages} takes. */
export interface PackImagesOptions {
  /**
   * `jaeger`, `servers-rootfs` and `elasticsearch` are used, each image in its part's version, and `kafka`, if it is among
   * them; others are ignored.
   */
  readonly parts: readonly InstalledPart[];
  /** Root of the repository, with its packages installed. */
  readonly repository: string;
  readonly cacheDirectory: string;
  readonly onEvent?: (detail: string) => void;
}

/**
 * Packs every image of the demonstration, and those of streaming where the part `kafka` is given, under the names that a real
 * cluster pulls. What is packed already is found again.
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
  const streaming = parts.some(({ name }) => name === 'kafka') ? streamingImages(parts) : [];
  for (const spec of [...serverImages(parts), ...streaming, checkout]) {
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

/**
 * What stands between the collectors and the storage of a stack that streams.
 *
 * @throws RangeError when a part that they are packed from is missing.
 */
export function streamingImages(parts: readonly InstalledPart[]): readonly ImageSpec[] {
  const servers = requirePart(parts, 'servers-rootfs').directory;
  return [ingesterImage(requirePart(parts, 'jaeger')), kafkaImage(servers, requirePart(parts, 'kafka'))];
}
