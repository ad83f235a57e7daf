import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../../../../runtime/src/dashboard/api/performance/linesOf.ts';
import { Durations, numberMetric } from '../../../performance/series/seriesFixture.ts';
import { gauge, HOUR, KeptMonitor, MINUTE, requestDurations, SECOND, START } from './keptMonitor.ts';

const asked = { metric: ['load'], labels: {}, statistic: undefined, points: 240, lines: 6 } as const;
const query = (changes: Partial<Record<keyof typeof asked, unknown>> = {}) =>
  ({ ...asked, ...changes, metric: [...((changes.metric as string[] | undefined) ?? asked.metric)] }) as Parameters<
    typeof linesOf
  >[0];

describe('lines of a metric', () => {
  it('are the readings at the times when they were made, where there are few', async () => {
    const monitor = new KeptMonitor();
    for (const value of [1, 3, 2]) monitor.round(30 * SECOND, gauge('load', '1', [value, {}]));
    expect(await linesOf(query(), monitor.reading(HOUR))).toEqual([
      {
        name: 'load',
        kind: 'gauge',
        unit: '1',
        statistic: 'mean',
        resolution: 'raw',
        stepMillis: 0,
        seriesCount: 1,
        lines: [{ labels: {}, times: [30_000, 60_000, 90_000].map((millis) => START + millis), values: [1, 3, 2] }],
        gaps: [],
      },
    ]);
  });

  it('tell what a line that was thinned out stands for: the mean with the smallest and the largest', async () => {
    const monitor = new KeptMonitor({ intervalMillis: SECOND });
    for (let second = 0; second < 900; second += 1) monitor.round(SECOND, gauge('load', '1', [second % 10, {}]));
    const [metric] = await linesOf(query({ points: 100 }), monitor.reading(15 * MINUTE));
    const [line] = metric?.lines ?? [];
    expect(metric?.stepMillis).toBe(10 * SECOND);
    expect(line?.times.length).toBe(91);
    expect([line?.values[5], line?.lows?.[5], line?.highs?.[5]]).toEqual([4.5, 0, 9]);
    expect(line?.times.every((time) => time % (10 * SECOND) === 0)).toBe(true);
  });

  it('never have more points than were asked for, though somebody reads beside the interval', async () => {
    const monitor = new KeptMonitor({ intervalMillis: HOUR });
    for (let second = 0; second < 900; second += 1) monitor.round(SECOND, gauge('load', '1', [1, {}]));
    const [metric] = await linesOf(query({ points: 50 }), monitor.reading(15 * MINUTE));
    expect(metric?.lines[0]?.times.length).toBeLessThanOrEqual(50);
  });

  it('are broken where nothing is known, and not where one reading is late', async () => {
    const monitor = new KeptMonitor();
    for (const pause of [30, 30, 59, 120, 30]) monitor.round(pause * SECOND, gauge('load', '1', [1, {}]));
    const [metric] = await linesOf(query(), monitor.reading(HOUR));
    expect(metric?.lines[0]?.values).toEqual([1, 1, 1, null, 1, 1]);
    expect(metric?.lines[0]?.times[3]).toBe(START + 179_000);
  });

  it('name gaps with their reasons, from the reading before to the one after', async () => {
    const monitor = new KeptMonitor();
    monitor.round(30 * SECOND, gauge('load', '1', [1, {}]));
    for (let round = 0; round < 3; round += 1) {
      monitor.round(30 * SECOND);
      monitor.series.addGap({ source: 'load', metrics: ['load'], reason: 'nobody knows' }, monitor.nowMillis);
    }
    monitor.round(30 * SECOND, gauge('load', '1', [1, {}]));
    const [metric] = await linesOf(query(), monitor.reading(HOUR));
    expect(metric?.gaps).toEqual([
      { fromMillis: START + 30_000, toMillis: START + 150_000, source: 'load', reason: 'nobody knows' },
    ]);
  });

  it('are of the largest series by what is known last; what is gone is not among the largest', async () => {
    const monitor = new KeptMonitor();
    monitor.round(
      30 * SECOND,
      gauge('load', '1', [100, { of: 'gone' }], [1, { of: 'a' }], [9, { of: 'b' }], [5, { of: 'c' }]),
    );
    monitor.round(30 * SECOND, gauge('load', '1', [1, { of: 'a' }], [9, { of: 'b' }], [5, { of: 'c' }]));
    const [metric] = await linesOf(query({ lines: 2 }), monitor.reading(HOUR));
    expect(metric?.seriesCount).toBe(4);
    expect(metric?.lines.map(({ labels }) => labels)).toEqual([{ of: 'b' }, { of: 'c' }]);
  });

  it('are of those series alone that have the labels, whatever their type', async () => {
    const monitor = new KeptMonitor();
    monitor.round(30 * SECOND, gauge('load', '1', [1, { code: 200 }], [2, { code: '200' }], [3, {}]));
    const [metric] = await linesOf(query({ labels: { code: 200 } }), monitor.reading(HOUR));
    expect(metric?.lines.map(({ values }) => values)).toEqual([[1]]);
  });

  it('are rates of counters, and p95 of histograms, unless something else is asked', async () => {
    const monitor = new KeptMonitor();
    const durations = new Durations();
    const read = (total: number) =>
      monitor.round(10 * SECOND, numberMetric('done', 'counter', total), requestDurations([durations, {}]));
    read(0);
    durations.measure(...Array.from({ length: 100 }, (_, index) => (index + 1) / 100));
    read(50);
    const metric = ['done', 'tracewright.requests.duration'];
    const [done, duration] = await linesOf(query({ metric }), monitor.reading(HOUR));
    expect([done?.statistic, done?.lines[0]?.values]).toEqual(['rate', [5]]);
    expect(duration?.statistic).toBe('p95');
    expect(duration?.lines[0]?.values[0]).toBeCloseTo(0.95, 1);
    const [counted] = await linesOf(query({ metric: metric.slice(1), statistic: 'rate' }), monitor.reading(HOUR));
    expect(counted?.lines[0]?.values).toEqual([10]);
  });

  it('are nothing of a metric that there is not', async () => {
    expect(await linesOf(query({ metric: ['none'] }), new KeptMonitor().reading(HOUR))).toEqual([]);
  });
});
