import { describe, expect, it } from 'vitest';
import { catalogueView } from '../../../../../../runtime/src/dashboard/api/performance/catalogueView.ts';
import type { CatalogueResult } from '../../../../../../runtime/src/dashboard/api/performance/catalogueSchema.ts';
import { heatMapView } from '../../../../../../runtime/src/dashboard/api/performance/heatMapView.ts';
import type { SeriesResult } from '../../../../../../runtime/src/dashboard/api/performance/seriesSchema.ts';
import { seriesView } from '../../../../../../runtime/src/dashboard/api/performance/seriesView.ts';
import type { TrendsResult } from '../../../../../../runtime/src/dashboard/api/performance/trendsSchema.ts';
import { trendsView } from '../../../../../../runtime/src/dashboard/api/performance/trendsView.ts';
import type { DefinedView } from '../../../../../../runtime/src/dashboard/api/view.ts';
import type { PerformanceMonitorOptions } from '../../../../../../runtime/src/performance/performanceMonitorOptions.ts';
import type { ViewSource } from '../../../../../../runtime/src/dashboard/viewSource.ts';
import { gauge, KeptMonitor, MINUTE, replica, SECOND, START } from './keptMonitor.ts';

const VIEWS = [catalogueView, seriesView, heatMapView, trendsView];

function source(monitor: KeptMonitor | undefined, id = 'a'): ViewSource {
  return {
    instance: replica(id),
    observability: { tracing: undefined, requests: undefined, performance: monitor, errors: undefined },
    jaeger: undefined,
    wallMillis: () => START + (monitor?.nowMillis ?? 0),
  };
}

async function answer(view: DefinedView, query: object, ...monitors: readonly (KeptMonitor | undefined)[]) {
  const parsed = view.parse(query as Record<string, unknown>);
  const parts = await Promise.all(
    monitors.map(async (monitor, index) => {
      const part = JSON.parse(JSON.stringify(await view.read(source(monitor, 'abc'[index]), parsed))) as unknown;
      return { instance: replica('abc'[index] ?? ''), part: view.parsePart(part) };
    }),
  );
  const result = view.merge(parts, parsed);
  expect(view.result.parse(result)).toEqual(result);
  return result;
}

/** Two kinds of disks for so many minutes. */
function filled(minutes: number, start: number, options: PerformanceMonitorOptions = {}): KeptMonitor {
  const monitor = new KeptMonitor(options);
  for (let round = 0; round < 2 * minutes; round += 1) {
    const value = start + round / 1000;
    monitor.round(
      30 * SECOND,
      gauge('disk.used', '1', [value, { disk: 'sda' }], [value / 2, { disk: 'sdb' }]),
      gauge('process.memory.usage', 'By', [round, {}]),
    );
  }
  return monitor;
}

describe('the views of performance', () => {
  it.each(VIEWS)('say that it is switched off: $path', async (view) => {
    const query = view === seriesView ? { metric: 'disk.used' } : {};
    expect(await answer(view, query, undefined, undefined)).toMatchObject({ isOn: false });
  });

  it.each([
    [seriesView, {}],
    [seriesView, { metric: '' }],
    [seriesView, { metric: 'a,b,c,d,e' }],
    [seriesView, { metric: 'a', points: '501' }],
    [seriesView, { metric: 'a', points: '1e2' }],
    [seriesView, { metric: 'a', labels: 'state=used' }],
    [seriesView, { metric: 'a', labels: '[1]' }],
    [seriesView, { metric: 'a', fromMillis: 'now' }],
    [seriesView, { metric: 'a', toMillis: '9'.repeat(16) }],
    [seriesView, { metric: 'a', window: '2h' }],
    [seriesView, { metric: 'a', statistic: 'sum' }],
    [seriesView, { metric: 'a', unknown: '1' }],
    [heatMapView, { columns: '4' }],
    [trendsView, { window: '' }],
    [catalogueView, { group: 'none' }],
    [catalogueView, { search: 'x'.repeat(201) }],
  ] as const)('refuse what is wrong: %# %j', (view, query) => {
    expect(() => view.parse(query)).toThrow(/path/);
  });
});

describe('lines of replicas', () => {
  it('are each replica’s own, the largest of all first', async () => {
    const query = { metric: 'disk.used', lines: '3' };
    const { metrics } = (await answer(seriesView, query, filled(5, 0.5), filled(5, 0.1), undefined)) as SeriesResult;
    expect(metrics[0]?.seriesCount).toBe(4);
    expect(metrics[0]?.lines.map(({ instance, labels }) => [instance, labels['disk']])).toEqual([
      ['a', 'sda'],
      ['a', 'sdb'],
      ['b', 'sda'],
    ]);
  });

  it('are of one replica where it is asked for, be its series the smallest of all', async () => {
    const query = { metric: 'disk.used', lines: '2', instance: 'b' };
    const { metrics } = (await answer(seriesView, query, filled(5, 0.5), filled(5, 0.1))) as SeriesResult;
    expect(metrics[0]?.lines.map(({ instance, labels }) => [instance, labels['disk']])).toEqual([
      ['b', 'sda'],
      ['b', 'sdb'],
    ]);
  });

  it.each(VIEWS)('and all else are of nobody where the replica is not there: $path', async (view) => {
    const query = { instance: 'gone', ...(view === seriesView && { metric: 'disk.used' }) };
    expect(await answer(view, query, filled(1, 0.5), filled(1, 0.1))).toMatchObject({ isOn: false });
  });

  it('are of several metrics in the order in which they were asked for', async () => {
    const monitor = new KeptMonitor().round(SECOND, gauge('b', '1', [1, {}]), gauge('a', '1', [1, {}]));
    const { metrics } = (await answer(seriesView, { metric: 'b,none,a' }, monitor)) as SeriesResult;
    expect(metrics.map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('are of the time that was asked for', async () => {
    const query = { metric: 'disk.used', fromMillis: String(START + MINUTE), toMillis: String(START + 2 * MINUTE) };
    const { metrics, ...range } = (await answer(seriesView, query, filled(5, 0))) as SeriesResult;
    expect(range).toEqual({ isOn: true, fromMillis: START + MINUTE, toMillis: START + 2 * MINUTE });
    expect(metrics[0]?.lines[0]?.times).toEqual([START + 90_000, START + 120_000]);
  });
});

describe('the time that is asked for', () => {
  it('is a second at least, and no longer than anything is kept', async () => {
    const ask = async (fromMillis: number, toMillis: number) => {
      const query = { metric: 'disk.used', fromMillis: String(fromMillis), toMillis: String(toMillis) };
      const answered = (await answer(seriesView, query, filled(1, 0))) as SeriesResult;
      return answered.toMillis - answered.fromMillis;
    };
    expect(await ask(START + 9000, START)).toBe(1000);
    expect(await ask(0, START)).toBe(367 * 24 * 3_600_000);
  });
});

describe('the catalogue', () => {
  it('finds metrics by words of their names and labels, and adds up the series of replicas', async () => {
    const found = (await answer(
      catalogueView,
      { search: 'SDA disk' },
      filled(1, 0.5),
      filled(1, 0.1),
    )) as CatalogueResult;
    expect(found.total).toBe(1);
    expect(found.metrics).toMatchObject([
      {
        name: 'disk.used',
        group: 'application',
        seriesCount: 2,
        labels: [{ name: 'disk', values: ['sda'], valueCount: 1 }],
        series: [
          { instance: 'a', latest: 0.501, lastMillis: START + MINUTE },
          { instance: 'b', latest: 0.101 },
        ],
      },
    ]);
    expect(await answer(catalogueView, { search: 'sdc' }, filled(1, 0))).toMatchObject({ total: 0, metrics: [] });
    expect(await answer(catalogueView, { group: 'system' }, filled(1, 0))).toMatchObject({ total: 0 });
  });

  it('names thresholds that are raised, with since when and what is known last, the oldest first', async () => {
    const [early, late] = [filled(5, 0.5), filled(5, 0.1)];
    const threshold = { name: 'full', metric: 'disk.used', above: 0.2 };
    const event = { threshold, state: 'raised', scope: { name: 'test' }, attributes: { disk: 'sda' } } as const;
    early.raisedNow.push({ ...event, value: 0.5, forMillis: 10_000, wallMillis: START + 90_000 });
    late.raisedNow.push({ ...event, value: 0.4, forMillis: 0, wallMillis: START + 60_000 });
    const { raised } = (await answer(catalogueView, {}, early, late)) as CatalogueResult;
    expect(
      raised.map(({ instance, beyondSinceMillis, latest }) => [instance, beyondSinceMillis - START, latest]),
    ).toEqual([
      ['b', 60_000, 0.109],
      ['a', 80_000, 0.509],
    ]);
    expect(raised[1]).toMatchObject({
      name: 'full',
      labels: { disk: 'sda' },
      above: 0.2,
      value: 0.5,
      statistic: 'mean',
    });
  });
});

describe('trends of replicas', () => {
  it('begin with what is reached, then with what will be the soonest', async () => {
    const thresholds = [{ name: 'half', metric: 'disk.used', above: 0.52 }] as const;
    const monitors = [0.01, 0.5, 0.2].map((start) => filled(30, start, { thresholds }));
    const { rows } = (await answer(trendsView, {}, ...monitors)) as TrendsResult;
    expect(
      rows.map(({ instance, labels, forecast }) => [instance, labels['disk'], forecast?.verdict]).slice(0, 3),
    ).toEqual([
      ['b', 'sda', 'reached'],
      ['c', 'sda', 'reaches'],
      ['a', 'sda', 'reaches'],
    ]);
    // What merely rises comes after what has a limit ahead, however sure it is.
    expect(rows.findIndex(({ metric }) => metric === 'process.memory.usage')).toBeGreaterThan(2);
  });
});
