import { describe, expect, it } from 'vitest';
import { BAND_LIMITS, heatMapOf } from '../../../../../../runtime/src/dashboard/api/performance/heatMapOf.ts';
import { heatMapTogether } from '../../../../../../runtime/src/dashboard/api/performance/heatMapTogether.ts';
import { Durations } from '../../../performance/series/seriesFixture.ts';
import { gauge, HOUR, KeptMonitor, MINUTE, requestDurations, SECOND, START } from './keptMonitor.ts';

const NAME = 'tracewright.requests.duration';
const asked = { metric: NAME, labels: {}, columns: 60 };
const OK = { 'tracewright.request.operation': 'GET /', 'tracewright.request.state': 'completed' };
const FAILED = { 'tracewright.request.operation': 'GET /', 'tracewright.request.state': 'failed' };

describe('a heat map', () => {
  it('counts requests by when they ended and by what they took, and those that failed among them', async () => {
    const monitor = new KeptMonitor();
    const ok = new Durations();
    const failed = new Durations();
    const read = () => monitor.round(30 * SECOND, requestDurations([ok, OK], [failed, FAILED]));
    read();
    ok.measure(0.003, 0.004, 0.15);
    failed.measure(0.003);
    read();
    read();
    const map = heatMapTogether([await heatMapOf(asked, monitor.reading(10 * MINUTE))]);
    expect(map.stepMillis).toBe(30 * SECOND);
    expect(map.unit).toBe('s');
    expect(map.bands.map(({ above, upTo, count }) => [above, upTo, count])).toEqual([
      [0.002, 0.005, 3],
      [0.005, 0.01, 0],
      [0.01, 0.02, 0],
      [0.02, 0.05, 0],
      [0.05, 0.1, 0],
      [0.1, 0.2, 1],
    ]);
    const shown = map.cells.map(({ column, band, ...counts }) => [map.columns[column]?.fromMillis, band, counts]);
    expect(shown).toEqual([
      [START + 30_000, 0, { count: 3, failed: 1 }],
      [START + 30_000, 5, { count: 1, failed: 0 }],
    ]);
    expect(map.columns.filter(({ isRead }) => isRead).map(({ fromMillis, count }) => [fromMillis, count])).toEqual([
      [START + 30_000, 4],
      [START + 60_000, 0],
    ]);
  });

  it('has every reading in a column of its own, though readings come beside its border', async () => {
    const monitor = new KeptMonitor();
    const ok = new Durations();
    monitor.round(15 * SECOND, requestDurations([ok, OK]));
    for (const jitter of [-2, 3, -1, 0, 2, -2, 1]) {
      ok.measure(0.01);
      monitor.round(30 * SECOND + jitter, requestDurations([ok, OK]));
    }
    const map = heatMapTogether([await heatMapOf(asked, monitor.reading(4 * MINUTE))]);
    const first = map.columns.findIndex(({ isRead }) => isRead);
    expect(map.columns.slice(first, first + 7).map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it('is the sum of replicas, in the widest columns of them, whatever their clocks', async () => {
    const part = async (intervalMillis: number, shiftMillis: number) => {
      const monitor = new KeptMonitor({ intervalMillis });
      const ok = new Durations();
      monitor.round(shiftMillis, requestDurations([ok, OK]));
      for (let round = 0; round < 600_000 / intervalMillis; round += 1) {
        ok.measure(0.01);
        monitor.round(intervalMillis, requestDurations([ok, OK]));
      }
      return heatMapOf(asked, monitor.reading(10 * MINUTE));
    };
    const map = heatMapTogether([await part(10 * SECOND, 0), await part(MINUTE, 3 * SECOND)]);
    expect(map.stepMillis).toBe(MINUTE);
    expect(map.cells.reduce((sum, { count }) => sum + count, 0)).toBe(60 + 10);
    expect(map.columns.filter(({ isRead }) => isRead).map(({ count }) => count)).toEqual(Array(10).fill(7));
  });

  it('leaves the least busy series out where there are too many, and says how many', async () => {
    const monitor = new KeptMonitor();
    const many = Array.from({ length: 310 }, (_, index) => {
      return [new Durations(), { ...OK, 'tracewright.request.operation': `GET /${index}` }] as const;
    });
    monitor.round(30 * SECOND, requestDurations(...many));
    for (const [index, [durations]] of many.entries()) durations.measure(...Array<number>(index + 1).fill(0.01));
    monitor.round(30 * SECOND, requestDurations(...many));
    const part = await heatMapOf(asked, monitor.reading(10 * MINUTE));
    expect([part.seriesCount, part.leftOutCount]).toEqual([310, 10]);
    expect(part.cells.reduce((sum, [, , count]) => sum + count, 0)).toBe((310 * 311) / 2 - (10 * 11) / 2);
  });

  it('is of operations that are asked for alone', async () => {
    const monitor = new KeptMonitor();
    const [one, other] = [new Durations(), new Durations()];
    const read = () =>
      monitor.round(30 * SECOND, requestDurations([one, OK], [other, { ...OK, 'tracewright.request.operation': 'B' }]));
    read();
    one.measure(0.01);
    other.measure(0.01, 0.02);
    read();
    const labels = { 'tracewright.request.operation': 'B' };
    const map = heatMapTogether([await heatMapOf({ ...asked, labels }, monitor.reading(HOUR))]);
    expect(map.cells.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });

  it('is not there of what is no histogram, and of nobody', async () => {
    const monitor = new KeptMonitor().round(SECOND, gauge('load', '1', [1, {}]));
    expect((await heatMapOf({ ...asked, metric: 'load' }, monitor.reading(HOUR))).isKnown).toBe(false);
    expect(heatMapTogether([])).toMatchObject({ isOn: false, isKnown: false, columns: [], bands: [], cells: [] });
  });

  it('has three bands a decade', () => {
    expect(BAND_LIMITS.slice(0, 4)).toEqual([1e-6, 2e-6, 5e-6, 1e-5]);
    expect(BAND_LIMITS.at(-1)).toBe(5e9);
  });
});
