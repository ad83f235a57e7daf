import { importImages } from '../../tools/cluster/cluster.ts';
import { clusterStatus } from '../../tools/cluster/clusterStatus.ts';
import { packImage } from '../../tools/images/packImage.ts';
import { partsOfTestImages, testImages, type TestImageName } from '../../tools/images/testImages.ts';
import { defaultCacheDirectory } from '../../tools/toolchain/cacheDirectory.ts';
import { startToolchain } from '../../tools/toolchain/toolchain.ts';
import { checkout } from './commands.ts';

/**
 * Gives a running local cluster of this checkout images that only tests use, as `up` gives it its own. Their parts are built
 * first where the cache lacks them; what the cluster has is not given again.
 *
 * @returns their references, as containerd stores them
 */
export async function importTestImages(
  clusterName: string,
  names: readonly TestImageName[],
): Promise<readonly string[]> {
  const cacheDirectory = defaultCacheDirectory(process.env);
  const parts = partsOfTestImages(names);
  const run = startToolchain({ parts, cacheDirectory, environment: process.env });
  const specs = testImages(names, await run.all);
  const directories: string[] = [];
  for (const spec of specs) directories.push(await packImage(spec, cacheDirectory));
  await importImages(await clusterStatus({ name: clusterName, checkout }), directories);
  return specs.map(({ reference }) => reference);
}
