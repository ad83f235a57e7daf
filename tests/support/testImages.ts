import { importImages } from '../../tools/cluster/cluster.ts';
import { clusterStatus } from '../../tools/cluster/clusterStatus.ts';
import { packImage } from '../../tools/images/packImage.ts';
import { testImages } from '../../tools/images/testImages.ts';
import { defaultCacheDirectory } from '../../tools/toolchain/cacheDirectory.ts';
import { partsOf } from '../../tools/toolchain/parts.ts';
import { startToolchain } from '../../tools/toolchain/toolchain.ts';
import { checkout } from './commands.ts';

/**
 * Gives a running local cluster of this checkout the images that only tests use (`testImages`), as `up` gives it its own.
 * Their parts are built first where the cache lacks them; what the cluster has is not given again.
 *
 * @returns the references of all of them, as containerd stores them
 */
export async function importTestImages(clusterName: string): Promise<readonly string[]> {
  const cacheDirectory = defaultCacheDirectory(process.env);
  const parts = await startToolchain({ parts: partsOf('tests'), cacheDirectory, environment: process.env }).all;
  const specs = testImages(parts);
  const directories: string[] = [];
  for (const spec of specs) directories.push(await packImage(spec, cacheDirectory));
  await importImages(await clusterStatus({ name: clusterName, checkout }), directories);
  return specs.map(({ reference }) => reference);
}
