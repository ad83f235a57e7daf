import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUANTILE_RELATIVE_ERROR } from '../../../../../runtime/src/core/quantileSketch.ts';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { Durations, HOUR, MINUTE } from './seriesFixture.ts';

const SHORT = { keepRawMillis: MINUTE, keepMinutesMillis: HOUR, keepHoursMillis: 366 * 24 * HOUR } as const;
const value = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
  fc.constant(0),
);

function expectNear(actual: number, exact: number): void {
  expect(Math.abs(actual - exact)).toBeLessThanOrEqual((QUANTILE_RELATIVE_ERROR + 1e-9) * Math.abs(exact));
}

describe('a histogram over time', () => {
  it('is the distribution of what was measured, whatever was measured when and became of it', () => {
    const rounds = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 * MINUTE }), fc.array(value, { maxLength: 5 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), rounds, (before, later) => {
        const store = new SeriesStore(SHORT);
        const durations = new Durations().measure(...before);
        let now = 0;
        store.append([durations.metric()], now);
        for (const [pauseMillis, values] of later) {
          now += pauseMillis;
          store.append([durations.measure(...values).metric()], now);
        }
        const measured = later.flatMap(([, values]) => values);
        const sorted = measured.toSorted((a, b) => a - b);
        const summary = store.summarise({ metric: 'duration' });
        if (summary.verdict !== 'summarised') {
          expect(measured).toEqual([]);
          return;
        }
        expect(summary.count).toBe(measured.length);
        const exactAt = (share: number): number =>
          sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
        expect(summary.sum).toBeCloseTo(
          measured.reduce((sum, each) => sum + each, 0),
          3,
        );
        expect(summary.ratePerSecond).toBeCloseTo((measured.length * 1000) / now, 9);
        for (const [share, told] of [
          [0, summary.min],
          [0.5, summary.p50],
          [0.9, summary.p90],
          [0.99, summary.p99],
          [1, summary.max],
        ] as const)
          expectNear(told, exactAt(share));
      }),
      { numRuns: 200 },
    );
  });

  it('tells a small measurement that does not show in a large sum', () => {
    const store = new SeriesStore();
    const durations = new Durations().measure(1e15, 1e-6);
    store.append([durations.metric()], 0);
    store.append([durations.measure(0.001).metric()], 1);
    const [point] = store.query({ metric: 'duration' }).series[0]?.points ?? [];
    expectNear(point?.min ?? 0, 0.001);
    expectNear(point?.max ?? 0, 0.001);
    expectNear(point?.quantile(0.5) ?? 0, 0.001);
  });
});
