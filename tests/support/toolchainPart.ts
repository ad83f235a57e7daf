import { defaultCacheDirectory } from '../../tools/toolchain/cacheDirectory.ts';
import type { PartName } from '../../tools/toolchain/part.ts';
import { startToolchain } from '../../tools/toolchain/toolchain.ts';

/** The directory of a toolchain part; built first where the cache lacks it. */
export async function toolchainPart(part: PartName): Promise<string> {
  const run = startToolchain({
    parts: [part],
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
  });
  return (await run.ready(part)).directory;
}
