import { describe, expect, it } from 'vitest';
import { theilSen } from '../../../../../runtime/src/performance/statistics/theilSen.ts';
import { MAX_TREND_POINTS } from '../../../../../runtime/src/performance/statistics/trendOptions.ts';
import { START_MILLIS } from '../../../../fixtures/trends/trendFixtures.ts';
import { evenTimes, valuesOf } from './testSeries.ts';

describe('theilSen', () => {
  it('is the line that all points are on, whatever the distances between them', () => {
    const times = valuesOf(40, (index) => START_MILLIS + index * index * 1000);
    const values = times.map((time) => 5 + (2 * (time - START_MILLIS)) / 1000);
    const estimate = theilSen(times, values);
    expect(estimate).toMatchObject({ verdict: 'estimated', lastMillis: times[39], points: 40, given: 40 });
    if (estimate.verdict === 'not enough data') throw new Error(estimate.verdict);
    expect(estimate.perSecond).toBeCloseTo(2, 12);
    expect(estimate.lowPerSecond).toBeCloseTo(2, 12);
    expect(estimate.highPerSecond).toBeCloseTo(2, 12);
    expect(estimate.lastLevel).toBeCloseTo(5 + 2 * 1521, 9);
  });

  it('is not moved by a quarter of outliers', () => {
    const values = valuesOf(40, (index) => (index % 4 === 2 ? 1e9 : index * 30));
    const estimate = theilSen(evenTimes(40), values);
    if (estimate.verdict === 'not enough data') throw new Error(estimate.verdict);
    expect(estimate.perSecond).toBe(1);
  });

  it('has a wider interval at more confidence, and the slope within', () => {
    const values = valuesOf(50, (index) => index + ((index * 37) % 11));
    const widths = [0.5, 0.9, 0.95, 0.99].map((confidence) => {
      const estimate = theilSen(evenTimes(50), values, { confidence });
      if (estimate.verdict === 'not enough data') throw new Error(estimate.verdict);
      expect(estimate.lowPerSecond).toBeLessThanOrEqual(estimate.perSecond);
      expect(estimate.highPerSecond).toBeGreaterThanOrEqual(estimate.perSecond);
      return estimate.highPerSecond - estimate.lowPerSecond;
    });
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(new Set(widths).size).toBe(4);
  });

  it('is flat where all values are the same', () => {
    const flat = { perSecond: 0, lowPerSecond: 0, highPerSecond: 0, lastLevel: -4 };
    expect(
      theilSen(
        evenTimes(30),
        valuesOf(30, () => -4),
      ),
    ).toMatchObject(flat);
  });

  it('compares no more points than it says, whatever there are', () => {
    const estimate = theilSen(
      evenTimes(9999),
      valuesOf(9999, (index) => index * 60),
    );
    expect(estimate).toMatchObject({ points: MAX_TREND_POINTS, given: 9999, perSecond: 2, lastLevel: 9998 * 60 });
  });

  it('tells nothing of fewer than ten points', () => {
    const line = valuesOf(9, (index) => index);
    expect(theilSen(evenTimes(9), line)).toEqual({ verdict: 'not enough data', needed: 10, given: 9 });
  });

  it('refuses what is no confidence, and options that there are not', () => {
    expect(() => theilSen([], [], { confidence: 95 })).toThrow('confidence: 95');
    const misspelt = { confidence: 0.9, confidenec: 0.9 };
    expect(() => theilSen([], [], misspelt)).toThrow('confidenec');
  });
});
