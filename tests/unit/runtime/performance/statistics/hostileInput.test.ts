import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changePoints } from '../../../../../runtime/src/performance/statistics/changePoints.ts';
import { forecastInWords } from '../../../../../runtime/src/performance/statistics/forecastInWords.ts';
import { forecastToLimit } from '../../../../../runtime/src/performance/statistics/forecastToLimit.ts';
import { mannKendall } from '../../../../../runtime/src/performance/statistics/mannKendall.ts';
import { theilSen } from '../../../../../runtime/src/performance/statistics/theilSen.ts';

const anything = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -5, max: 5 }) },
  { weight: 4, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(1e150, -1e150, 5e-324, -0, 8.64e15, Number.NaN, Infinity) },
);
const list = fc.array(anything, { minLength: 0, maxLength: 40 });

/** The numbers in an answer that are none. */
function numbersThatAreNone(answer: object, path = ''): readonly string[] {
  return Object.entries(answer).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return numbersThatAreNone(value, `${path}${key}.`);
    return Number.isNaN(value) ? [`${path}${key}`] : [];
  });
}

describe('statistics of whatever there is', () => {
  it('have an answer without a number that is none, and leave the lists as they were', () => {
    fc.assert(
      fc.property(list, list, fc.double({ min: -1e150, max: 1e150, noNaN: true }), (times, values, limit) => {
        const before = [[...times], [...values]];
        const forecast = forecastToLimit(times, values, { limit });
        const answers = [mannKendall(times, values), theilSen(times, values), forecast];
        for (const answer of [...answers, changePoints(times, values)]) {
          expect(answer.verdict).toMatch(/^[a-z ]+$/);
          expect(numbersThatAreNone(answer)).toEqual([]);
        }
        expect(forecastInWords(forecast)).not.toMatch(/NaN|undefined/);
        expect([times, values]).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('have p-values from 0 to 1, and a tau from -1 to 1, that mirrored values mirror', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 10, maxLength: 60 }), (values) => {
        const times = values.map((_, index) => index * 1000);
        const trend = mannKendall(times, values);
        const mirrored = mannKendall(
          times,
          values.map((value) => 0 - value),
        );
        if (trend.verdict === 'not enough data' || mirrored.verdict === 'not enough data') throw new Error('too few');
        expect(trend.pValue).toBeGreaterThanOrEqual(0);
        expect(trend.pValue).toBeLessThanOrEqual(1);
        expect(Math.abs(trend.tau)).toBeLessThanOrEqual(1);
        expect(mirrored.score + trend.score).toBe(0);
        expect(mirrored.pValue).toBeCloseTo(trend.pValue, 9);
      }),
    );
  });
});
