import { execa } from 'execa';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createCheckoutSpec } from '../../../tools/images/createCheckoutSpec.ts';
import { listLayerEntries } from '../../../tools/images/layerEntries.ts';
import { writeLayerTar } from '../../../tools/images/layerTar.ts';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { repository } from '../support/repository.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';

/** Lays out the shop's image as `npm run up` ships it, above its Debian base: the same layers, packed and unpacked. */
export async function unpackCheckoutImage(directory: string): Promise<void> {
  const { layers } = await createCheckoutSpec({
    repository,
    cacheDirectory: defaultCacheDirectory(process.env),
    serversDirectory: await toolchainPart('servers-rootfs'),
  });
  const archive = join(directory, 'layer.tar');
  await mkdir(directory, { recursive: true });
  for (const layer of layers) {
    if (layer.kind !== 'files') continue;
    await writeLayerTar(listLayerEntries(layer.sources), archive);
    await execa('tar', ['-xf', archive, '-C', directory]);
  }
  await rm(archive);
}
