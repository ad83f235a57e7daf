import { describe, expect, it } from 'vitest';
import {
  type Forecast,
  type ForecastOptions,
  forecastToLimit,
  type LimitAhead,
} from '../../../../../runtime/src/performance/statistics/forecastToLimit.ts';
import { theilSen } from '../../../../../runtime/src/performance/statistics/theilSen.ts';
import { evenTimes, noise, valuesOf } from './testSeries.ts';

/** A value a second. */
function forecast(values: readonly number[], options: ForecastOptions): Forecast {
  return forecastToLimit(evenTimes(values.length, 1000), values, options);
}

function ahead(answer: Forecast): LimitAhead {
  if (answer.verdict !== 'reaches') throw new Error(answer.verdict);
  return answer;
}

const rising = valuesOf(60, (index) => 100 + index);
const falling = rising.map((value) => 1000 - value);
const random = noise(4);
const flat = valuesOf(60, () => 100 + random());

describe('forecastToLimit', () => {
  it('tells when a ceiling is reached, from the last point on', () => {
    expect(forecast(rising, { limit: 3759 })).toMatchObject({
      verdict: 'reaches',
      inMillis: 3_600_000,
      earliestInMillis: 3_600_000,
      latestInMillis: 3_600_000,
      trend: { verdict: 'rising' },
      slope: { perSecond: 1, lastLevel: 159 },
    });
  });

  it('tells when a floor is reached', () => {
    const answer = forecast(falling, { limit: 0, side: 'floor' });
    expect(answer).toMatchObject({ verdict: 'reaches', inMillis: 841_000, trend: { verdict: 'falling' } });
  });

  it.each([
    ['a ceiling', falling, { limit: 2000 }],
    ['a floor', rising, { limit: 0, side: 'floor' }],
  ] as const)('never reaches %s that it moves away from', (_, values, options) => {
    expect(forecast(values, options)).toMatchObject({ verdict: 'never', reason: 'moves away' });
  });

  it('never reaches what it shows no trend to', () => {
    const answer = forecast(flat, { limit: 200 });
    expect(answer).toMatchObject({ verdict: 'never', reason: 'no trend', trend: { verdict: 'no trend' } });
    const steady = forecast(
      valuesOf(20, () => 5),
      { limit: 6 },
    );
    expect(steady).toMatchObject({ verdict: 'never', reason: 'no trend' });
  });

  it('never reaches what a trend without a slope leads to', () => {
    const values = valuesOf(40, (index) => ([25, 28, 32, 35, 37, 39].includes(index) ? 1 : 0));
    const flatRise = { verdict: 'never', reason: 'flat', trend: { verdict: 'rising' }, slope: { perSecond: 0 } };
    expect(forecast(values, { limit: 5 })).toMatchObject(flatRise);
  });

  it.each([
    ['a ceiling it rose to', rising, { limit: 159 }],
    ['a ceiling it falls from', falling, { limit: 800 }],
    ['a ceiling it stays above', flat, { limit: 50 }],
    ['a floor it fell to', falling, { limit: 841, side: 'floor' }],
    ['a floor it stays below', flat, { limit: 150, side: 'floor' }],
  ] as const)('has reached %s', (_, values, options) => {
    expect(forecast(values, options).verdict).toBe('reached');
  });

  it('does not take a single value beyond the limit for the level', () => {
    const values = rising.map((value, index) => (index === 58 ? 9000 : value));
    expect(forecast(values, { limit: 3759 }).verdict).toBe('reaches');
    const one = flat.map((value, index) => (index === 59 ? 9000 : value));
    expect(forecast(one, { limit: 200 })).toMatchObject({ verdict: 'never', reason: 'no trend' });
  });

  it('tells an interval that holds the estimate, wider at more confidence, mirrored for a floor', () => {
    const values = rising.map((value) => value + 4 * random());
    const options = { limit: 1000, confidence: 0.9 };
    const ninety = ahead(forecast(values, options));
    const ninetyNine = ahead(forecast(values, { ...options, confidence: 0.99 }));
    const order = [ninetyNine, ninety].map(({ earliestInMillis }) => earliestInMillis);
    order.push(ninety.inMillis, ...[ninety, ninetyNine].map(({ latestInMillis }) => latestInMillis ?? Number.NaN));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(5);
    const mirrored = ahead(
      forecast(
        values.map((value) => -value),
        { ...options, limit: -1000, side: 'floor' },
      ),
    );
    for (const key of ['inMillis', 'earliestInMillis', 'latestInMillis'] as const)
      expect(mirrored[key]).toBeCloseTo(ninety[key] ?? Number.NaN, 3);
  });

  it('may have reached it by now where the steepest line is beyond it already', () => {
    const values = rising.map((value) => value + 4 * random());
    const level = ahead(forecast(values, { limit: 1000 })).slope.lastLevel;
    expect(forecast(values, { limit: level + 0.01 })).toMatchObject({ verdict: 'reaches', earliestInMillis: 0 });
  });

  it('has no latest time where the flattest slope of the interval leads nowhere', () => {
    const values = valuesOf(40, (index) => index * 0.02 + random());
    const answer = ahead(forecast(values, { limit: 100, significance: 0.5, confidence: 0.999 }));
    expect(answer.latestInMillis).toBeUndefined();
    expect(answer.slope.lowPerSecond).toBeLessThan(0);
    expect(answer.earliestInMillis).toBeLessThan(answer.inMillis);
  });

  it('holds the true time in its interval about as often as it says', () => {
    let held = 0;
    let forecasts = 0;
    for (let round = 0; round < 300; round += 1) {
      let last = 0;
      const likeness = round % 2 === 0 ? 0 : 0.5;
      const values = valuesOf(80, (index) => index * 0.1 + (last = likeness * last + 2 * random()));
      const answer = forecast(values, { limit: 20 });
      if (answer.verdict !== 'reaches') continue;
      forecasts += 1;
      const truth = (20 / 0.1 - 79) * 1000;
      if (answer.earliestInMillis <= truth && truth <= (answer.latestInMillis ?? Infinity)) held += 1;
    }
    expect(forecasts).toBeGreaterThan(280);
    expect(held / forecasts).toBeGreaterThan(0.85);
  });

  it('widens the interval of the slope for values that are like their neighbours, and for no others', () => {
    const independent = valuesOf(80, (index) => index * 0.1 + 2 * random());
    let last = 0;
    const alike = valuesOf(80, (index) => index * 0.1 + (last = 0.6 * last + 2 * random()));
    const plain = theilSen(evenTimes(80, 1000), independent);
    expect(forecast(independent, { limit: 20 })).toMatchObject({ trend: { varianceFactor: 1 }, slope: plain });
    const widened = ahead(forecast(alike, { limit: 20 }));
    const narrow = theilSen(evenTimes(80, 1000), alike);
    if (narrow.verdict === 'not enough data') throw new Error(narrow.verdict);
    const wider = widened.slope.highPerSecond - widened.slope.lowPerSecond;
    expect(widened.slope.perSecond).toBe(narrow.perSecond);
    expect(widened.trend.varianceFactor).toBeGreaterThan(1.5);
    // As the deviation, so the width, nearly: slopes lie less densely further out.
    const ratio = wider / (narrow.highPerSecond - narrow.lowPerSecond) / Math.sqrt(widened.trend.varianceFactor);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
  });

  it('takes the median for the level where there is no trend, not the end of a line that means nothing', () => {
    const values = valuesOf(12, (index) => [5, 9, 3, 8, 4, 10, 2, 9, 6, 11, 5, 10][index] ?? 0);
    const answer = forecast(values, { limit: 8.5 });
    expect(answer).toMatchObject({ verdict: 'never', reason: 'no trend', slope: { lastLevel: 8.875 } });
  });

  it('tells nothing of too few points', () => {
    expect(forecast([1, 2, 3], { limit: 9 })).toEqual({ verdict: 'not enough data', needed: 10, given: 3 });
    const gaps = rising.map((value, index) => (index < 52 ? Number.NaN : value));
    expect(forecast(gaps, { limit: 9 })).toEqual({ verdict: 'not enough data', needed: 10, given: 8 });
  });

  it.each([
    ['limit', { limit: Number.NaN }],
    ['limit', { limit: Number.POSITIVE_INFINITY }],
    ['significance', { limit: 1, significance: 0 }],
    ['confidence', { limit: 1, confidence: 1 }],
  ])('refuses a %s that is none: %o', (option, options) => {
    expect(() => forecast(rising, options)).toThrow(option);
  });
});
