import type { RuleSet } from '../classification.ts';
import { codeTable } from '../codeTable.ts';
import { type Origins, scopeOf } from '../origins.ts';
import { KNOWN_PACKAGES } from '../tables/knownPackages.ts';

/** Somebody gave up, and a package's error does not tell why: undici's, @grpc/grpc-js's and axios' are no failures. */
const GIVEN_UP = /abort|cancel/i;
const LOOKED_AT_LENGTH = 100;

/**
 * What the package is about that threw. A `TypeError` out of one is a wrong use of it, but for those that read texts.
 */
export function packageRules(origins: Origins): RuleSet {
  const packages = codeTable('package.origin', KNOWN_PACKAGES);
  return (error) => {
    const name = origins.packageOf(error);
    const told = name === undefined ? undefined : (packages.get(name) ?? packages.get(scopeOf(name)));
    if (told === undefined || told.category === 'validation') return told;
    if (error.type === 'TypeError') return undefined;
    const isGivenUp = GIVEN_UP.test(error.type) || GIVEN_UP.test(error.message.slice(0, LOOKED_AT_LENGTH));
    return isGivenUp && told.category !== 'database' ? undefined : told;
  };
}
