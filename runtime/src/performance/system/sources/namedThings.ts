import { ownText } from '../../../core/ownText.ts';
import type { MetricGap } from '../../metricReading.ts';
import type { SystemSource } from './systemSource.ts';

/** The things of a source that are told, and what is said of those that are not. */
export interface NamedThings<Thing> {
  readonly told: readonly Thing[];
  readonly gaps: readonly MetricGap[];
}

const MAX_NAME = 256;

/** A name of the machine's, as an attribute: cut, and well-formed. What is no text is empty. */
export function nameOf(name: unknown): string {
  return typeof name === 'string' ? ownText(name, MAX_NAME) : '';
}

/** At most `limit` things with names of their own: neither many mounts nor one that is told twice make series without end. */
export function namedThings<Thing>(
  { name, metrics }: Pick<SystemSource, 'name' | 'metrics'>,
  things: readonly Thing[],
  { limit, keyOf }: { readonly limit: number; readonly keyOf: (thing: Thing) => string },
): NamedThings<Thing> {
  const byKey = new Map<string, Thing>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (byKey.size < limit && !byKey.has(key)) byKey.set(key, thing);
  }
  const untold = things.length - byKey.size;
  const reason = `${untold} of ${things.length} are not told: at most ${limit}, each with a name of its own`;
  return { told: [...byKey.values()], gaps: untold === 0 ? [] : [{ source: name, metrics, reason }] };
}
