import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheDirectory } from '../../../toolchain/cacheDirectory.ts';
import { listToolchain, type ListedPart } from '../../../toolchain/listToolchain.ts';
import type { PartGroup } from '../../../toolchain/part.ts';
import { createPartDefinitions } from '../../../toolchain/parts.ts';
import { isRecord } from '../../../values/isRecord.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';

/** The parts that a stack needs are there as they are pinned; nothing is built. What a cluster of the user's does not need is not asked for. */
export const partsPinned: Check = {
  id: 'parts-pinned',
  component: 'toolchain',
  title: 'the parts of the toolchain are there, in the pinned versions',
  run: async ({ deployment }) => {
    const isLocal = await deployment.isLocal().catch(() => false);
    const groups: readonly PartGroup[] = isLocal ? ['engine', 'cluster', 'images'] : ['engine'];
    const definitions = createPartDefinitions().filter(({ group }) => groups.includes(group));
    const parts = await listToolchain(definitions, defaultCacheDirectory(process.env), process.env);
    return Promise.all(parts.map(async (part) => judgePart(part, await builtVersion(part))));
  },
};

/**
 * Judges one part.
 * @param built - The version that it was built as; undefined where it does not say.
 */
export function judgePart({ name, version, origin }: ListedPart, built: string | undefined): Finding {
  const subject = `part ${name}`;
  const expected = version;
  if (origin === 'path') return { outcome: 'ok', subject, expected, found: `your own, ${version}` };
  const mend = '`npm run up` builds it, which may take minutes';
  if (origin === 'missing')
    return { outcome: 'warning', subject, expected, found: 'not built, or in another form than is pinned now', mend };
  if (built === version) return { outcome: 'ok', subject, expected, found: built };
  const found = built === undefined ? 'it does not say its version' : built;
  return {
    outcome: 'failed',
    subject,
    expected,
    found,
    mend: 'remove it from the cache (`npm run toolchain -- list` says where it lies); `npm run up` builds it',
  };
}

async function builtVersion({ directory }: ListedPart): Promise<string | undefined> {
  try {
    const record: unknown = JSON.parse(await readFile(join(directory, 'part.json'), 'utf8'));
    return isRecord(record) && typeof record['version'] === 'string' ? record['version'] : undefined;
  } catch {
    return undefined;
  }
}
