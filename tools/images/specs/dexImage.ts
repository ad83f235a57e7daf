import { join } from 'node:path';
import { oidcPin } from '../../toolchain/pins.ts';
import type { ImageSpec } from '../imageSpec.ts';
import { programImage } from './programImage.ts';

/**
 * Dex, its web pages inside it. The official image's entry point is a program that fills templates before it starts Dex;
 * this one starts Dex, compiled without C and so without SQLite.
 *
 * @param oidcDirectory - Directory of the part `oidc`, which holds it too.
 */
export function dexImage(oidcDirectory: string): ImageSpec {
  return programImage({
    reference: `ghcr.io/dexidp/dex:${oidcPin.dex}`,
    source: join(oidcDirectory, 'dex'),
    program: '/usr/local/bin/dex',
    user: '1001:1001',
    command: ['serve', '/etc/dex/config.yaml'],
  });
}
