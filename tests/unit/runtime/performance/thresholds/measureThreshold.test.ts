import { describe, expect, it } from 'vitest';
import { MetricsProvider } from '../../../../../runtime/src/performance/metrics/metricsProvider.ts';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { measureThreshold } from '../../../../../runtime/src/performance/thresholds/measureThreshold.ts';
import type { Threshold } from '../../../../../runtime/src/performance/thresholds/threshold.ts';
import { ThresholdWatch } from '../../../../../runtime/src/performance/thresholds/thresholdWatch.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { load, SECOND } from '../series/seriesFixture.ts';

const SLOW: Threshold = { name: 'slow', metric: 'duration', statistic: 'p95', above: 1, windowMillis: 3 * SECOND };

/** A threshold of a histogram that is read every second, with what was measured in between. */
function watched(threshold: Threshold) {
  const host = new FakeHost();
  const provider = new MetricsProvider({ host });
  const duration = provider.getMeter('shop').createHistogram('duration', { unit: 's' });
  const store = new SeriesStore({ host });
  const told: (readonly [string, number, number])[] = [];
  const watch = new ThresholdWatch({
    thresholds: [threshold],
    measure: (each) => measureThreshold(store, each),
    host,
    onError: (error) => told.push([error.message, 0, 0]),
  });
  watch.listen(({ state, value, forMillis }) => told.push([state, value, forMillis]));
  const round = async (...seconds: readonly number[]): Promise<void> => {
    host.advance(SECOND);
    for (const each of seconds) duration.record(each);
    store.append(await provider.collect(), host.monotonicMillis());
    watch.look();
  };
  return { watch, told, round, store, host };
}

describe('a threshold of a histogram', () => {
  it('stays raised where nothing is measured any more: what is slow may have ceased to answer', async () => {
    const { watch, told, round } = watched(SLOW);
    await round();
    await round(5, 5);
    for (let second = 0; second < 60; second += 1) await round();
    expect([told, watch.raised().length]).toEqual([[['raised', 5, 0]], 1]);
    await round(0.5);
    expect(told.slice(1)).toEqual([['cleared', 0.5, 61 * SECOND]]);
  });

  it('is run up to through a time in which nothing was measured', async () => {
    const { told, round } = watched({ ...SLOW, forMillis: 10 * SECOND });
    await round();
    await round(5);
    for (let second = 0; second < 9; second += 1) await round();
    expect(told).toEqual([]);
    await round(6);
    expect(told).toEqual([['raised', 6, 10 * SECOND]]);
  });

  it('knows the rate of measurements where there are none', async () => {
    const { told, round } = watched({ ...SLOW, statistic: 'rate', above: 1 });
    await round();
    await round(5, 5, 5, 5, 5, 5);
    for (let second = 0; second < 4; second += 1) await round();
    expect(told.map(([state, value]) => [state, value])).toEqual([
      ['raised', 6],
      ['cleared', 0],
    ]);
    const idle = watched({ name: 'idle', metric: 'duration', statistic: 'rate', below: 1, windowMillis: 3 * SECOND });
    await idle.round();
    await idle.round(5, 5, 5);
    for (let second = 0; second < 4; second += 1) await idle.round();
    expect(idle.told.map(([state, value]) => [state, value])).toEqual([['raised', 0]]);
  });
});

describe('a threshold of many series', () => {
  const FULL: Threshold = { name: 'full', metric: 'load', above: 5, windowMillis: 2 * SECOND };
  const GAP = { source: 'disk', metrics: ['load'], reason: 'no answer' };

  it.each([
    ['of all series holds what is gone', undefined, false],
    ['of this series holds it', { device: 'a' }, false],
    ['of another series does not hold it', { device: 'b' }, true],
  ])('a gap %s', (_, attributes, isGone) => {
    const store = new SeriesStore();
    store.append([load(9, { device: 'a', state: 'used' }), load(1, { device: 'b' })], 0);
    for (let second = 1; second < 4; second += 1) {
      store.append([], second * SECOND);
      store.addGap({ ...GAP, attributes }, second * SECOND);
    }
    const [first] = measureThreshold(store, FULL);
    expect(first).toMatchObject({ attributes: { device: 'a' }, value: undefined, isGone });
  });
});
