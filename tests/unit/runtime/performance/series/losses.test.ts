import { describe, expect, it } from 'vitest';
import { SeriesLossError } from '../../../../../runtime/src/performance/series/seriesLossError.ts';
import { observeSeries } from '../../../../../runtime/src/performance/series/observeSeries.ts';
import type { SeriesStoreOptions } from '../../../../../runtime/src/performance/series/seriesStoreOptions.ts';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { metricsFixture } from '../metrics/metricsFixture.ts';
import { Durations, load, MINUTE, numberMetric, requests, SECOND } from './seriesFixture.ts';

const DISK = { source: 'disk', metrics: ['disk'] } as const;

function tested(options: SeriesStoreOptions = {}) {
  const told: (readonly [string, string])[] = [];
  const onError = (error: Error): void => {
    told.push([error instanceof SeriesLossError ? error.loss : error.name, error.message]);
    throw new Error('nobody listens');
  };
  return { told, store: new SeriesStore({ ...options, onError }) };
}

describe('what a store does not keep', () => {
  it('is told of once for each reason, with the limit and the metric that it began with', () => {
    const { told, store } = tested({ maxSeries: 6, maxGaps: 1 });
    const many = Array.from({ length: 4 }, (_, index) => load(1, { index }));
    const metrics = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => numberMetric(name, 'gauge', 1));
    for (let round = 0; round < 3; round += 1) {
      store.append([...many, ...metrics, load(Number.NaN), requests(1, { url: 'x'.repeat(10_000) })], round * SECOND);
      store.addGap({ ...DISK, reason: `reason ${round}` }, round * SECOND);
    }
    expect(told).toEqual([
      ['share', 'points of some series are not kept: "load" has 2 series, which is its share of 6'],
      ['maxSeries', 'points of some series are not kept, of "e" first: there are 6 series already'],
      ['notFinite', 'points of some series are not kept, of "load" first: a value is no finite number'],
      ['tooLong', 'points of some series are not kept, of "requests" first: names and attributes of one are too long'],
      ['maxGaps', 'the oldest gaps are let go of: there are more than 1'],
    ]);
  });

  it('is told of where the memory is too small: of points that become coarser, series refused and series let go of', () => {
    const coarser = tested({ maxPoints: 1000 });
    for (let round = 0; round < 1500; round += 1) coarser.store.append([load(round)], round * SECOND);
    expect(coarser.told).toEqual([
      ['coarser', 'points become coarser before their time: there is room for 1000 points and 50000000 bytes'],
    ]);
    const full = tested({ maxBytes: 110_000 });
    full.store.append(
      Array.from({ length: 100 }, (_, index) => load(1, { index })),
      0,
    );
    const bytes = 'points of some series are not kept, of "load" first: there is no room within 110000 bytes';
    expect(full.told).toEqual([['maxBytes', bytes]]);
    const wide = Array.from({ length: 4000 }, (_, index) => 1.02 ** (index % 800));
    const { told, store } = tested({ maxBytes: 110_000 });
    const durations = Array.from({ length: 12 }, () => new Durations());
    for (let round = 0; round < 2; round += 1) {
      const metrics = durations.map((each, index) => ({
        ...each.measure(...wide).metric(),
        name: `duration ${index}`,
      }));
      store.append(metrics, round * MINUTE);
    }
    expect(told.find(([loss]) => loss === 'letGo')).toEqual([
      'letGo',
      'series are let go of with all their points: there is no room within 110000 bytes',
    ]);
  });

  it('is told of in few characters and one line, whatever the metric is called', () => {
    const { told, store } = tested();
    store.append([{ ...load(Number.NaN), name: `a\nb\ud800${'x'.repeat(1_000_000)}` }], 0);
    const [[, message] = ['', '']] = told;
    expect([message.length < 300, message.includes('\n'), message.isWellFormed()]).toEqual([true, false, true]);
  });

  it('is shown on OpenTelemetry instruments, and what is kept', async () => {
    const fixture = metricsFixture();
    const { store } = tested({ maxSeries: 8, maxGaps: 1 });
    const stop = observeSeries(store, fixture.provider.getMeter('own'));
    store.append(
      Array.from({ length: 3 }, (_, index) => load(1, { index })),
      0,
    );
    store.append([load(2, { index: 0 }), load(Number.NaN), requests(1)], 1);
    for (const reason of ['a', 'b']) store.addGap({ ...DISK, reason }, 2);
    const shown = async (): Promise<unknown> =>
      Object.fromEntries(
        (await fixture.provider.collect()).map(({ name, kind, points }) => [
          name,
          [kind, points.map((point) => [Object.values(point.attributes).join(), 'value' in point && point.value])],
        ]),
      );
    expect(await shown()).toEqual({
      'tracewright.series.kept': ['upDownCounter', [['', 3]]],
      'tracewright.series.points': ['upDownCounter', [['', 3]]],
      'tracewright.series.memory': ['upDownCounter', [['', store.bytes]]],
      'tracewright.series.gaps': ['upDownCounter', [['', 1]]],
      'tracewright.series.appended': ['counter', [['', 6]]],
      'tracewright.series.refused': [
        'counter',
        [
          ['maxSeries', 0],
          ['share', 1],
          ['maxBytes', 0],
          ['tooLong', 0],
          ['notFinite', 1],
        ],
      ],
      'tracewright.series.early': [
        'counter',
        [
          ['raw', 0],
          ['minutes', 0],
          ['hours', 0],
          ['series', 0],
        ],
      ],
      'tracewright.series.gaps_dropped': ['counter', [['', 1]]],
    });
    stop();
    expect(await shown()).toEqual({});
  });
});
