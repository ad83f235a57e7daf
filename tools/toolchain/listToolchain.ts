import { dirname } from 'node:path';

import type { Environment, PartDefinition, PartName } from './part.ts';
import { isCached, locatePart } from './partCache.ts';
import { findUserPulumi } from './userPulumi.ts';

/** One part as it stands on this machine. */
export interface ListedPart {
  readonly name: PartName;
  readonly version: string;
  /** `missing` parts are built by the next run that wants them. */
  readonly origin: 'path' | 'cache' | 'missing';
  /** Where it lies, or will lie. */
  readonly directory: string;
}

/**
 * Every part with where it would come from. Builds, fetches and changes nothing.
 *
 * @throws UnsupportedPulumiError
 */
export async function listToolchain(
  definitions: readonly PartDefinition[],
  cacheDirectory: string,
  environment: Environment,
): Promise<readonly ListedPart[]> {
  const userPulumi = await findUserPulumi(environment, cacheDirectory);
  return Promise.all(
    definitions.map(async (definition): Promise<ListedPart> => {
      const { name, version } = definition;
      if (definition.group === 'engine' && userPulumi !== undefined) {
        return { name, version: userPulumi.version, origin: 'path', directory: dirname(userPulumi.command) };
      }
      const cached = await locatePart(cacheDirectory, definition);
      return { name, version, origin: (await isCached(cached)) ? 'cache' : 'missing', directory: cached.directory };
    }),
  );
}
