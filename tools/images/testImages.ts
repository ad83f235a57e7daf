import type { InstalledPart } from '../toolchain/part.ts';
import type { ImageSpec } from './imageSpec.ts';
import { requirePart } from './requirePart.ts';
import { nginxImage } from './specs/nginxImage.ts';
import { traceClientsImage } from './specs/traceClientsImage.ts';

/**
 * The images that only this repository's tests run, each made of a part of the toolchain's group `tests`.
 *
 * @throws RangeError when a part that they are packed from is missing.
 */
export function testImages(parts: readonly InstalledPart[]): readonly ImageSpec[] {
  return [
    nginxImage(requirePart(parts, 'nginx-rootfs').directory),
    traceClientsImage(
      requirePart(parts, 'zipkin-client-rootfs').directory,
      requirePart(parts, 'trace-clients').directory,
    ),
  ];
}
