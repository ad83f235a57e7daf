import { describe, expect, it } from 'vitest';
import { summarise } from '../../../../../runtime/src/performance/statistics/summarise.ts';
import { valuesOf } from './testSeries.ts';

describe('summarise', () => {
  it('says that there is nothing where nothing was measured', () => {
    const nothing = { verdict: 'not enough data', needed: 1, given: 0 };
    expect(summarise([])).toEqual(nothing);
    expect(summarise([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e151, -1e300])).toEqual(nothing);
  });

  it('takes the values at their ranks, in whatever order they are', () => {
    const values = valuesOf(1000, (index) => ((index * 617) % 1000) + 1);
    expect(summarise(values)).toEqual({
      verdict: 'summarised',
      count: 1000,
      min: 1,
      max: 1000,
      mean: 500.5,
      standardDeviation: Math.sqrt((1000 ** 2 - 1) / 12),
      p50: 500,
      p90: 900,
      p95: 950,
      p99: 990,
      p999: 999,
    });
  });

  it('is one value in everything where there is one', () => {
    const all = { min: -3, max: -3, mean: -3, p50: -3, p90: -3, p95: -3, p99: -3, p999: -3 };
    expect(summarise([-3])).toEqual({ verdict: 'summarised', count: 1, standardDeviation: 0, ...all });
    expect(summarise([Number.NaN, -3, Number.NaN])).toEqual(summarise([-3]));
  });

  it('loses no small differences between large values, and no large ones', () => {
    expect(summarise([1e15, 1e15 + 2, 1e15 + 4])).toMatchObject({
      mean: 1e15 + 2,
      standardDeviation: Math.sqrt(8 / 3),
    });
    expect(summarise([-1e150, 1e150])).toMatchObject({ mean: 0, standardDeviation: 1e150, p50: -1e150 });
  });

  it('keeps the mean within what was measured', () => {
    const values = valuesOf(11, () => 0.1);
    expect(summarise(values)).toMatchObject({ min: 0.1, mean: 0.1, max: 0.1, standardDeviation: 0 });
  });

  it('leaves the values as they were', () => {
    const values = Object.freeze([3, 1, 2]);
    summarise(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
