import { join } from 'node:path';
import type { InstalledPart } from '../../toolchain/part.ts';
import type { ImageSpec } from '../imageSpec.ts';
import { programImage } from './programImage.ts';

/** Traefik, started as in the official image, which runs it as root: here by a user, whose ports are above 1023. */
export function traefikImage({ directory, version }: Pick<InstalledPart, 'directory' | 'version'>): ImageSpec {
  return programImage({
    reference: `docker.io/library/traefik:${version}`,
    source: join(directory, 'traefik'),
    program: '/traefik',
    user: '65532:65532',
  });
}
