import { describe, expect, it } from 'vitest';
import type { ReadMetric } from '../../../../../runtime/src/performance/metricReading.ts';
import { metricsFixture, START } from './metricsFixture.ts';

const SCOPE = { name: 'tracewright.process' };
const HEAP: ReadMetric = { name: 'heap', kind: 'gauge', unit: 'By', description: 'Heap.' };
const TURNS: ReadMetric = { name: 'turns', kind: 'counter', unit: '{turn}', description: 'Turns.' };

describe('readingsOf', () => {
  it('shows the readings of the last round, and no others, counted since nobody knows when', async () => {
    const { host, provider } = metricsFixture();
    const put = provider.readingsOf(SCOPE, [HEAP, TURNS]);
    expect(await provider.collect()).toEqual([]);
    host.advance(5);
    put({
      readings: [
        { metric: 'heap', value: 7, attributes: { space: 'old' } },
        { metric: 'heap', value: 8, attributes: { space: 'new' } },
        { metric: 'turns', value: 9 },
      ],
      gaps: [],
    });
    const [heap, turns] = await provider.collect();
    expect(heap).toEqual({
      scope: SCOPE,
      ...HEAP,
      points: [
        { attributes: { space: 'old' }, startWallMillis: 0, value: 7 },
        { attributes: { space: 'new' }, startWallMillis: 0, value: 8 },
      ],
    });
    expect(turns).toEqual({ scope: SCOPE, ...TURNS, points: [{ attributes: {}, startWallMillis: 0, value: 9 }] });
    put({
      readings: [{ metric: 'heap', value: 1, attributes: { space: 'old' } }],
      gaps: [{ source: 'turns', metrics: ['turns'], reason: 'not counted' }],
    });
    expect((await provider.collect()).map(({ name, points }) => [name, points.length])).toEqual([['heap', 1]]);
  });

  it('knows since when totals are counted only of those that have begun anew', async () => {
    const { host, provider } = metricsFixture();
    const put = provider.readingsOf(SCOPE, [TURNS]);
    const starts: unknown[] = [];
    for (const value of [9, 12, 3, 5]) {
      host.advance(5);
      put({ readings: [{ metric: 'turns', value }], gaps: [] });
      starts.push((await provider.collect())[0]?.points[0]?.startWallMillis);
    }
    expect(starts).toEqual([0, 0, START + 15, START + 15]);
  });

  it('keeps readings while observable instruments are observed', async () => {
    const { provider, meter } = metricsFixture();
    meter.createObservableGauge('level').addCallback((result) => result.observe(1));
    provider.readingsOf(SCOPE, [HEAP])({ readings: [{ metric: 'heap', value: 1 }], gaps: [] });
    await provider.collect();
    expect((await provider.collect()).map(({ name }) => name)).toEqual(['level', 'heap']);
  });

  it('leaves out readings of other metrics and of what is no number', async () => {
    const { provider } = metricsFixture();
    provider.readingsOf(SCOPE, [HEAP])({
      readings: [
        { metric: '__proto__', value: 1 },
        { metric: 'turns', value: 1 },
        { metric: 'heap', value: NaN },
      ],
      gaps: [],
    });
    expect(await provider.collect()).toEqual([]);
    expect(provider.counts().dropped.notANumber).toBe(1);
  });

  it('is told of metrics that are there as something else, and leaves them as they are', async () => {
    const { provider, values, errors } = metricsFixture();
    provider.getMeter(SCOPE.name).createGauge('heap', { unit: 'By' }).record(5);
    provider.getMeter(SCOPE.name).createObservableCounter('turns', { unit: '{turn}' });
    const readings = [HEAP, TURNS].map(({ name }) => ({ metric: name, value: 1 }));
    provider.readingsOf(SCOPE, [HEAP, TURNS])({ readings, gaps: [] });
    expect([await values(), errors]).toEqual([
      [[{}, 5]],
      [
        '"heap" counts nothing: it is measured gauge of numbers in "By", and cannot be read gauge of numbers in "By"',
        '"turns" counts nothing: it is observed counter of numbers in "{turn}", and cannot be read counter of numbers in "{turn}"',
      ],
    ]);
  });

  it('shows nothing after the shutdown', async () => {
    const { provider } = metricsFixture();
    const put = provider.readingsOf(SCOPE, [HEAP]);
    provider.shutdown();
    put({ readings: [{ metric: 'heap', value: 1 }], gaps: [] });
    expect(await provider.collect()).toEqual([]);
  });
});
