import { isRecord } from './isRecord.ts';

/** The mapping under a key of a configuration as it is written; an empty one where there is none. */
export function mappingIn(own: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = own[key];
  return isRecord(value) ? value : {};
}
