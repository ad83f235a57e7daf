// @spec S4.4
import { describe, expect, it } from 'vitest';
import { forecastInWords } from '../../../../../runtime/src/performance/statistics/forecastInWords.ts';
import { type Forecast, forecastToLimit } from '../../../../../runtime/src/performance/statistics/forecastToLimit.ts';
import { evenTimes, valuesOf } from './testSeries.ts';

const rising = valuesOf(20, (index) => index);
const HOUR = 3_600_000;

function reaching(inHours: number, earliestInHours: number, latestInHours: number | undefined): Forecast {
  const found = forecastToLimit(evenTimes(20), rising, { limit: 100 });
  if (found.verdict !== 'reaches') throw new Error(found.verdict);
  const latestInMillis = latestInHours === undefined ? undefined : latestInHours * HOUR;
  return { ...found, inMillis: inHours * HOUR, earliestInMillis: earliestInHours * HOUR, latestInMillis };
}

describe('forecastInWords', () => {
  it.each([
    ['in 3 h ± 1 h', reaching(3, 2, 4)],
    ['in 3 h ± 1 h', reaching(3, 2.1, 4)],
    ['in 3 h (2 h to 6 h)', reaching(3, 2, 6)],
    ['in 3 h (1.2 h to 3.5 h)', reaching(3, 1.2, 3.5)],
    ['in 3.3 h (2 h or later)', reaching(10 / 3, 2, undefined)],
    ['in 3 h (2 h or later)', reaching(3, 2, 24 * 400)],
    ['in 20 min ± 30 s', reaching(1 / 3, 1 / 3 - 1 / 120, 1 / 3 + 1 / 120)],
    ['in 12 d ± 1 d', reaching(12.1 * 24, 11.1 * 24, 13.1 * 24)],
    ['in 0 s ± 0 s', reaching(0, 0, 0)],
    ['in more than a year', reaching(24 * 1000, 24 * 10, undefined)],
  ])('says %s', (words, forecast) => {
    expect(forecastInWords(forecast)).toBe(words);
  });

  it.each([
    ['reached', rising, 5],
    ['never: moves away', rising.map((value) => -value), 5],
    ['never: no trend', rising.map((value) => value % 2), 5],
    ['not enough data: 4 of 10 points', [1, 2, 3, 4], 5],
    ['in 41 min ± 0 s', rising, 100],
  ])('says %s of a series', (words, values, limit) => {
    expect(forecastInWords(forecastToLimit(evenTimes(values.length), values, { limit }))).toBe(words);
  });
});
