import { readdirSync, readFileSync } from 'node:fs';

/** A series of tests/fixtures/trends, and what the oracle says of it. */
export interface TrendFixture {
  readonly name: string;
  readonly seconds: readonly number[] | { readonly interval: number };
  readonly values: readonly number[];
  readonly summary: Readonly<Record<string, number>>;
  readonly mannKendall: {
    readonly verdict: string;
    readonly score: number;
    readonly tau: number;
    readonly zScore: number;
    readonly pValue: number;
    readonly varianceFactor: number;
  };
  readonly theilSen: Readonly<Record<'perSecond' | 'lowPerSecond' | 'highPerSecond' | 'lastLevel', number>>;
  readonly changePoints: {
    readonly penalty: number;
    /** How many points there are up to the end of each segment. */
    readonly ends: readonly number[];
    readonly levels: readonly number[];
  };
}

const DIRECTORY = new URL('../../../../fixtures/trends/', import.meta.url);
/** When every series begins. */
export const START_MILLIS = 1_790_000_000_000;

/** Every series that there is. */
export function trendFixtures(): readonly TrendFixture[] {
  return readdirSync(DIRECTORY)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(new URL(file, DIRECTORY), 'utf8')) as TrendFixture);
}

/** The times of a series, in milliseconds. */
export function timesOf({ seconds, values }: Pick<TrendFixture, 'seconds' | 'values'>): readonly number[] {
  return values.map((_, index) => {
    const after = 'interval' in seconds ? index * seconds.interval : (seconds[index] ?? Number.NaN);
    return START_MILLIS + Math.round(after * 1000);
  });
}

/** Times at even distances, in milliseconds. */
export function evenTimes(count: number, intervalMillis = 30_000): readonly number[] {
  return Array.from({ length: count }, (_, index) => START_MILLIS + index * intervalMillis);
}

/** Values by their index. */
export function valuesOf(count: number, value: (index: number) => number): readonly number[] {
  return Array.from({ length: count }, (_, index) => value(index));
}

/** Noise that is the same in every run: uniform, from -1 to 1. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * 2 - 1;
  };
}
