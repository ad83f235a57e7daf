import { join } from 'node:path';
import type { InstalledPart } from '../../toolchain/part.ts';
import type { ImageSpec } from '../imageSpec.ts';
import { programImage } from './programImage.ts';

/**
 * oauth2-proxy of the part `oidc`, started as in the official image. That one trusts the public authorities; this one trusts
 * only those of `--provider-ca-file`.
 */
export function oauth2ProxyImage({ directory, version }: Pick<InstalledPart, 'directory' | 'version'>): ImageSpec {
  return programImage({
    reference: `quay.io/oauth2-proxy/oauth2-proxy:${version}`,
    source: join(directory, 'oauth2-proxy'),
    program: '/bin/oauth2-proxy',
    user: '65532:65532',
  });
}
