import { describe, expect, it } from 'vitest';
import type { ThresholdReading } from '../../../../../runtime/src/performance/thresholds/thresholdWatch.ts';
import { ThresholdWatch } from '../../../../../runtime/src/performance/thresholds/thresholdWatch.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

const SERIES = { scope: { name: 'shop' }, kind: 'gauge' } as const;

describe('a watch of thresholds', () => {
  it('tells of one that cannot be looked at, and looks at the others', () => {
    const errors: string[] = [];
    const told: string[] = [];
    const watch = new ThresholdWatch({
      thresholds: [
        { name: 'broken', metric: 'a', above: 1 },
        { name: 'busy', metric: 'b', above: 1 },
      ],
      measure: ({ name }) => {
        if (name === 'broken') throw new Error('no such thing');
        return [{ ...SERIES, attributes: {}, value: 2, isGone: false }];
      },
      host: new FakeHost(),
      onError: ({ message }) => errors.push(message),
    });
    watch.listen(({ threshold, state }) => told.push(`${threshold.name} ${state}`));
    watch.look();
    expect([errors, told]).toEqual([['no such thing'], ['busy raised']]);
  });

  it('knows a series by its attributes in any order, and tells series apart', () => {
    const told: unknown[] = [];
    let readings: readonly ThresholdReading[] = [];
    const watch = new ThresholdWatch({
      thresholds: [{ name: 'busy', metric: 'b', above: 1 }],
      measure: () => readings,
      host: new FakeHost(),
      onError: (error) => told.push(error),
    });
    watch.listen(({ attributes }) => told.push(attributes));
    const other = { ...SERIES, attributes: { a: 1, b: 3 }, value: 2, isGone: false };
    readings = [{ ...SERIES, attributes: { a: 1, b: 2 }, value: 2, isGone: false }];
    watch.look();
    readings = [{ ...SERIES, attributes: { b: 2, a: 1 }, value: 2, isGone: false }, other];
    watch.look();
    expect(told).toEqual([{ a: 1, b: 2 }, other.attributes]);
    expect(watch.raised()).toHaveLength(2);
  });

  it('tells series of two scopes and of two kinds apart, and names the scope', () => {
    const told: unknown[] = [];
    const watch = new ThresholdWatch({
      thresholds: [{ name: 'busy', metric: 'b', above: 1 }],
      measure: () => [
        { ...SERIES, attributes: {}, value: 2, isGone: false },
        { ...SERIES, kind: 'upDownCounter', attributes: {}, value: 0, isGone: false },
        { ...SERIES, scope: { name: 'shop', version: '2' }, attributes: {}, value: 3, isGone: false },
        { ...SERIES, scope: { name: 'till' }, attributes: {}, value: 0, isGone: false },
      ],
      host: new FakeHost(),
      onError: (error) => told.push(error),
    });
    watch.listen(({ scope, state, value }) => told.push([scope, state, value]));
    watch.look();
    watch.look();
    expect(told).toEqual([
      [{ name: 'shop' }, 'raised', 2],
      [{ name: 'shop', version: '2' }, 'raised', 3],
    ]);
    expect(watch.raised()).toHaveLength(2);
  });
});
