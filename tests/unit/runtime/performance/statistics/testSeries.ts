import { START_MILLIS } from '../../../../fixtures/trends/trendFixtures.ts';

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
