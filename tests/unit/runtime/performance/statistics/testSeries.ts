import { START_MILLIS } from '../../../../fixtures/trends/trendFixtures.ts';
import { seededRandom } from '../../../../support/seededRandom.ts';

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
  const random = seededRandom(seed);
  return () => random() * 2 - 1;
}
