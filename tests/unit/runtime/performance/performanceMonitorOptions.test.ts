// @spec S4.1
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../runtime/src/core/configurationError.ts';
import {
  type PerformanceMonitorOptions,
  resolvePerformanceMonitorOptions,
} from '../../../../runtime/src/performance/performanceMonitorOptions.ts';

function refusalOf(options: unknown): ConfigurationError {
  try {
    resolvePerformanceMonitorOptions(options as PerformanceMonitorOptions);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the options of a performance monitor', () => {
  it('have defaults', () => {
    expect(resolvePerformanceMonitorOptions({})).toEqual({
      intervalMillis: 30_000,
      system: true,
      process: true,
      maxSeriesPerMetric: 2000,
      maxMeasuredSeries: 20_000,
      maxMetrics: 1000,
      callbackTimeoutMillis: 1000,
      maxKeptSeries: 2000,
      maxPoints: 5_000_000,
      maxBytes: 50_000_000,
      maxGaps: 500,
      keepRawMillis: 7_200_000,
      keepMinutesMillis: 86_400_000,
      keepHoursMillis: 604_800_000,
      thresholds: [],
    });
  });

  it.each([
    ['intervalMillis', 100, 3_600_000],
    ['maxSeriesPerMetric', 1, 100_000],
    ['maxMeasuredSeries', 1, 1_000_000],
    ['maxMetrics', 1, 10_000],
    ['callbackTimeoutMillis', 1, 60_000],
    ['maxKeptSeries', 1, 100_000],
    ['maxPoints', 1000, 100_000_000],
    ['maxBytes', 100_000, 2_000_000_000],
    ['maxGaps', 1, 100_000],
    ['keepRawMillis', 60_000, 604_800_000],
    ['keepMinutesMillis', 3_600_000, 2_678_400_000],
    ['keepHoursMillis', 3_600_000, 31_622_400_000],
  ] as const)('take %s from %d to %d', (option, least, most) => {
    // What is coarser is kept at least as long as what is finer.
    const finer = option.startsWith('keep') ? { keepRawMillis: 60_000, keepMinutesMillis: 3_600_000 } : {};
    for (const value of [least, most])
      expect(resolvePerformanceMonitorOptions({ ...finer, [option]: value })).toMatchObject({ [option]: value });
    for (const value of [least - 1, most + 1, least + 0.5, Number.NaN, String(least), null])
      expect(refusalOf({ [option]: value }).problems).toMatchObject([
        { option, allowed: `a whole number from ${least} to ${most}` },
      ]);
  });

  it('are what is in force: what is coarser is kept at least as long as what is finer', () => {
    const { keepRawMillis, keepMinutesMillis, keepHoursMillis } = resolvePerformanceMonitorOptions({
      keepRawMillis: 604_800_000,
      keepHoursMillis: 3_600_000,
    });
    expect([keepRawMillis, keepMinutesMillis, keepHoursMillis]).toEqual([604_800_000, 604_800_000, 604_800_000]);
  });

  it('are refused all at once, those of thresholds by their places', () => {
    const { problems } = refusalOf({
      interval: 5,
      system: 'yes',
      thresholds: [
        { name: 'a', metric: 'm', above: 1 },
        { name: 'a', metric: 'm', above: 1, below: 0 },
        { metric: 'm' },
        { name: 'b', metric: 'm', above: 1, clearAt: 2 },
        { name: 'c', metric: 'm', below: 1, clearAt: 0 },
        { name: 'd', metric: 'm', above: 1, statistic: 'p42' },
        'e',
      ],
    });
    expect(problems.map(({ option }) => option)).toEqual([
      'interval',
      'system',
      'thresholds[1].name',
      'thresholds[1].above',
      'thresholds[2].name',
      'thresholds[2].above',
      'thresholds[3].clearAt',
      'thresholds[4].clearAt',
      'thresholds[5].statistic',
      'thresholds[6]',
    ]);
  });

  it('give a threshold a window that holds a reading, whatever the interval', () => {
    const threshold = { name: 'a', metric: 'm', above: 1 };
    const windows = [1000, 30_000, 600_000].map(
      (intervalMillis) =>
        resolvePerformanceMonitorOptions({ intervalMillis, thresholds: [threshold] }).thresholds[0]?.windowMillis,
    );
    expect(windows).toEqual([60_000, 60_000, 1_200_000]);
    const own = { ...threshold, windowMillis: 500 };
    expect(resolvePerformanceMonitorOptions({ thresholds: [own] }).thresholds).toEqual([own]);
  });
});
