// @spec S3.3
import { describe, expect, it } from 'vitest';
import { bucketOf, QuantileSketch } from '../../../../../runtime/src/core/quantileSketch.ts';
import { readDurations } from '../../../../../runtime/src/requests/statistics/requestStatistics.ts';
import { DurationSummary } from '../../../../../runtime/src/requests/statistics/outcomeSlice.ts';
import { seededRandom } from '../../../../support/seededRandom.ts';

const COUNT = 100_000;

const random = seededRandom(7);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const DISTRIBUTIONS: readonly (readonly [string, () => number])[] = [
  ['uniform', () => random() * 1000],
  ['exponential', () => -50 * Math.log(1 - random())],
  ['log-normal with a heavy tail', () => Math.exp(3 + 2 * normal())],
  ['of two peaks', () => (random() < 0.9 ? 5 + normal() / 10 : 2000 + 10 * normal())],
  ['constant', () => 42],
  ['of microseconds', () => 0.001 + random() / 100],
];

describe.each(DISTRIBUTIONS)('quantiles of a distribution that is %s', (_, next) => {
  const values = Array.from({ length: COUNT }, next);
  const sorted = values.toSorted((a, b) => a - b);
  const exactAt = (share: number): number => sorted[Math.max(1, Math.ceil(share * COUNT)) - 1] ?? Number.NaN;

  it('are within 1 % of the exact ones', () => {
    const histogram = new QuantileSketch();
    for (const value of values) histogram.add(bucketOf(value));
    for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1])
      expect(Math.abs((histogram.quantile(share) ?? Number.NaN) / exactAt(share) - 1)).toBeLessThanOrEqual(0.01);
  });

  it('are the same when parts are merged', () => {
    const [whole, merged] = [new DurationSummary(), new DurationSummary()];
    for (let part = 0; part < 10; part += 1) {
      const summary = new DurationSummary();
      for (const value of values.slice(part * 10_000, (part + 1) * 10_000)) {
        summary.add(value, bucketOf(value));
        whole.add(value, bucketOf(value));
      }
      merged.merge(summary);
    }
    const durations = readDurations(merged);
    expect({ ...durations, meanMillis: 0 }).toEqual({ ...readDurations(whole), meanMillis: 0 });
    expect(durations).toMatchObject({ minMillis: sorted[0], maxMillis: sorted.at(-1) });
    expect(durations?.meanMillis).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / COUNT, 5);
    expect(Math.abs((durations?.p999Millis ?? Number.NaN) / exactAt(0.999) - 1)).toBeLessThanOrEqual(0.01);
  });
});
