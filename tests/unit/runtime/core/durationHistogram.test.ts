import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketOf,
  DurationHistogram,
  QUANTILE_RELATIVE_ERROR,
} from '../../../../runtime/src/core/durationHistogram.ts';

function histogramOf(values: readonly number[]): DurationHistogram {
  const histogram = new DurationHistogram();
  for (const value of values) histogram.add(bucketOf(value));
  return histogram;
}

const SHARES = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 1];
const duration = fc.oneof(
  fc.double({ min: 1e-4, max: 1e12, noNaN: true }),
  fc.double({ min: 1e-4, max: 1, noNaN: true }),
  fc.integer({ min: 1, max: 1000 }),
);

describe('DurationHistogram', () => {
  it('tells every quantile within the bound, and a rounding, of the duration at its rank', () => {
    fc.assert(
      fc.property(
        fc.array(duration, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const sorted = values.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(share * values.length)) - 1] ?? Number.NaN;
          const quantile = histogramOf(values).quantile(share) ?? Number.NaN;
          expect(Math.abs(quantile / exact - 1)).toBeLessThanOrEqual(QUANTILE_RELATIVE_ERROR + 1e-9);
        },
      ),
    );
  });

  it('knows of nothing where nothing was counted', () => {
    for (const share of SHARES) expect(new DurationHistogram().quantile(share)).toBeUndefined();
    expect(new DurationHistogram().bucketCount).toBe(0);
  });

  it('takes the rank that is reached, from the first to the last', () => {
    const histogram = histogramOf([1, 10, 100, 1000]);
    const near = SHARES.map((share) => Math.round((histogram.quantile(share) ?? Number.NaN) / 50));
    expect(near).toEqual([0, 0, 0, 2, 20, 20, 20]);
  });

  it('holds the same merged as counted at once, whatever was merged first, and leaves the other as it was', () => {
    fc.assert(
      fc.property(fc.array(duration, { maxLength: 100 }), fc.array(duration, { maxLength: 100 }), (some, others) => {
        const [a, b, both] = [histogramOf(some), histogramOf(others), histogramOf([...some, ...others])];
        const before = SHARES.map((share) => b.quantile(share));
        a.merge(b);
        expect(a.bucketCount).toBe(both.bucketCount);
        for (const share of SHARES) expect(a.quantile(share)).toBe(both.quantile(share));
        expect(SHARES.map((share) => b.quantile(share))).toEqual(before);
      }),
    );
  });

  it('takes memory for the buckets that hold something only', () => {
    expect(histogramOf(Array.from({ length: 10_000 }, () => 5)).bucketCount).toBe(1);
    expect(histogramOf([1, 1e9]).bucketCount).toBe(2);
    expect(histogramOf(Array.from({ length: 100_000 }, (_, index) => (index + 1) / 10)).bucketCount).toBeLessThan(700);
  });

  it('counts several at once', () => {
    const histogram = histogramOf([1000]);
    histogram.add(bucketOf(1), 99);
    expect(histogram.quantile(0.99)).toBeCloseTo(1, 1);
    expect(histogram.quantile(1)).toBeGreaterThan(990);
  });
});

describe('bucketOf', () => {
  it.each([0, -0, -5, -Infinity, Number.NaN, 1e-5, 1e-4])('puts %d into the first', (millis) => {
    expect(bucketOf(millis)).toBe(bucketOf(1e-4));
  });

  it.each([1e12, 1e13, Number.MAX_VALUE, Infinity])('puts %d into the last', (millis) => {
    expect(bucketOf(millis)).toBe(bucketOf(1e12));
  });

  it('never puts a longer duration before a shorter one', () => {
    fc.assert(
      fc.property(duration, duration, (a, b) => {
        expect(bucketOf(Math.min(a, b))).toBeLessThanOrEqual(bucketOf(Math.max(a, b)));
      }),
    );
  });
});
