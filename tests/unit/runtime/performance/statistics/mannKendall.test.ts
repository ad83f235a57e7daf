import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../../runtime/src/core/configurationError.ts';
import { mannKendall } from '../../../../../runtime/src/performance/statistics/mannKendall.ts';
import { MAX_TREND_POINTS, MIN_TREND_POINTS } from '../../../../../runtime/src/performance/statistics/trendOptions.ts';
import { evenTimes, noise, valuesOf } from './testSeries.ts';

const line = (count: number): readonly number[] => valuesOf(count, (index) => index);

describe('mannKendall', () => {
  it('tells nothing of fewer points than it needs, and something of as many', () => {
    const given = MIN_TREND_POINTS - 1;
    expect(mannKendall(evenTimes(given), line(given))).toEqual({ verdict: 'not enough data', needed: 10, given });
    expect(mannKendall([], [])).toEqual({ verdict: 'not enough data', needed: 10, given: 0 });
    expect(mannKendall(evenTimes(10), line(10))).toMatchObject({ verdict: 'rising', tau: 1, score: 45, points: 10 });
  });

  it('counts no point without a value, a value without a time, or what is no number', () => {
    const values = [...line(9), Number.NaN, Number.POSITIVE_INFINITY, -1e200];
    expect(mannKendall(evenTimes(12), values)).toMatchObject({ verdict: 'not enough data', given: 9 });
    expect(mannKendall(evenTimes(9), line(20))).toMatchObject({ verdict: 'not enough data', given: 9 });
    expect(mannKendall(evenTimes(20), line(9))).toMatchObject({ verdict: 'not enough data', given: 9 });
    expect(
      mannKendall(
        valuesOf(12, () => Number.NaN),
        line(12),
      ),
    ).toMatchObject({ given: 0 });
    expect(
      mannKendall(
        valuesOf(12, () => 1e16),
        line(12),
      ),
    ).toMatchObject({ given: 0 });
  });

  it('takes the last one of points at the same time', () => {
    expect(
      mannKendall(
        valuesOf(50, () => 5),
        line(50),
      ),
    ).toMatchObject({ verdict: 'not enough data', given: 1 });
    const twice = [...evenTimes(20), ...evenTimes(20)];
    const values = [...line(20), ...valuesOf(20, (index) => -index)];
    expect(mannKendall(twice, values)).toMatchObject({ verdict: 'falling', tau: -1, given: 20 });
  });

  it('goes by the order of times, not by that of the list', () => {
    expect(mannKendall(evenTimes(30).toReversed(), line(30))).toMatchObject({
      verdict: 'falling',
      score: -435,
      tau: -1,
    });
  });

  it('finds no trend in what is always the same', () => {
    const constant = mannKendall(
      evenTimes(40),
      valuesOf(40, () => 7),
    );
    expect(constant).toEqual({
      verdict: 'no trend',
      pValue: 1,
      tau: 0,
      score: 0,
      zScore: 0,
      varianceFactor: 1,
      points: 40,
      given: 40,
    });
  });

  it('finds a trend at the significance that is asked for', () => {
    const random = noise(11);
    const values = valuesOf(60, (index) => index * 0.012 + random());
    const test = mannKendall(evenTimes(60), values);
    if (test.verdict === 'not enough data') throw new Error(test.verdict);
    expect(test.pValue).toBeGreaterThan(0.0001);
    expect(test.pValue).toBeLessThan(0.9);
    const { varianceFactor, pValue } = test;
    expect(varianceFactor).toBe(1);
    expect(mannKendall(evenTimes(60), values, { significance: pValue * 1.001 })).toMatchObject({ verdict: 'rising' });
    expect(mannKendall(evenTimes(60), values, { significance: pValue * 0.999 })).toMatchObject({ verdict: 'no trend' });
  });

  it('thins more points than it compares out, evenly, the first and the last kept', () => {
    const count = 25_000;
    expect(mannKendall(evenTimes(count), line(count))).toMatchObject({
      verdict: 'rising',
      tau: 1,
      score: (MAX_TREND_POINTS * (MAX_TREND_POINTS - 1)) / 2,
      points: MAX_TREND_POINTS,
      given: count,
    });
    const ends = valuesOf(count, (index) => (index === 0 ? -1 : index === count - 1 ? 1 : 0));
    expect(mannKendall(evenTimes(count), ends)).toMatchObject({ score: 2 * (MAX_TREND_POINTS - 2) + 1 });
  });

  it('finds a trend in few of series that have none, though their values are like their neighbours', () => {
    const random = noise(5);
    let found = 0;
    for (let round = 0; round < 200; round += 1) {
      let last = 0;
      const values = valuesOf(100, () => (last = 0.6 * last + random()));
      if (mannKendall(evenTimes(100), values).verdict !== 'no trend') found += 1;
    }
    // Without the correction it would be a third of them.
    expect(found / 200).toBeLessThan(0.15);
  });

  it('bears values at the ends of what numbers can be', () => {
    const huge = valuesOf(20, (index) => (index - 10) * 1e149);
    expect(mannKendall(evenTimes(20), huge)).toMatchObject({ verdict: 'rising', tau: 1 });
    const small = valuesOf(20, (index) => index * Number.MIN_VALUE);
    expect(mannKendall(evenTimes(20), small)).toMatchObject({ tau: 1 });
    const far = valuesOf(20, (index) => (index - 10) * 8e14);
    expect(mannKendall(far, line(20))).toMatchObject({ verdict: 'rising', tau: 1 });
  });

  it.each([0, 1, -0.1, Number.NaN])('refuses a significance of %d', (significance) => {
    const test = (): unknown => mannKendall([], [], { significance });
    expect(test).toThrow(ConfigurationError);
    expect(test).toThrow('significance');
  });
});
