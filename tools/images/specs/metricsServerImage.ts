import { join } from 'node:path';
import type { InstalledPart } from '../../toolchain/part.ts';
import type { ImageSpec } from '../imageSpec.ts';
import { programImage } from './programImage.ts';

/** metrics-server, started as in the official image. */
export function metricsServerImage({ directory, version }: Pick<InstalledPart, 'directory' | 'version'>): ImageSpec {
  return programImage({
    reference: `registry.k8s.io/metrics-server/metrics-server:${version}`,
    source: join(directory, 'metrics-server'),
    program: '/metrics-server',
    user: '65534:65534',
  });
}
