import type { Attributes } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricsFixture, START } from './metricsFixture.ts';

type Observed = readonly (readonly [id: string, value: number])[];

const OVERFLOW = 'overflow';

/** An observable counter that is told what to observe; series by their `id`, and how many were dropped. */
function counterFixture(maxSeriesPerMetric: number) {
  const fixture = metricsFixture({ maxSeriesPerMetric });
  let observed: Observed = [];
  fixture.meter.createObservableCounter('taken').addCallback((result) => {
    for (const [id, value] of observed) result.observe(value, { id });
  });
  const round = async (...values: Observed): Promise<Record<string, number>> => {
    observed = values;
    const [metric] = await fixture.provider.collect();
    if (metric === undefined || metric.kind === 'histogram') return {};
    for (const { startWallMillis } of metric.points) expect(startWallMillis).toBe(START);
    return Object.fromEntries(metric.points.map(({ attributes, value }) => [idOf(attributes), value]));
  };
  return { ...fixture, round };
}

function idOf({ id }: Attributes): string {
  return typeof id === 'string' ? id : OVERFLOW;
}

describe('what is left over of an observable counter', () => {
  it('grows by what its members grow, in whatever order they are observed', async () => {
    const { round } = counterFixture(3);
    const first = await round(['a', 1], ['b', 10], ['c', 100], ['d', 1000]);
    const second = await round(['d', 1001], ['c', 100], ['b', 11], ['a', 2]);
    expect([first, second]).toEqual([
      { a: 1, b: 10, [OVERFLOW]: 1100 },
      { a: 2, b: 11, [OVERFLOW]: 1101 },
    ]);
  });

  it('stands still for a member that is gone, and goes on with it when it is back', async () => {
    const { round } = counterFixture(2);
    await round(['a', 1], ['b', 10], ['c', 100]);
    expect(await round(['a', 1], ['c', 101])).toEqual({ a: 1, [OVERFLOW]: 111 });
    expect(await round(['a', 1], ['c', 101], ['b', 12])).toEqual({ a: 1, [OVERFLOW]: 113 });
  });

  it('has all of a member that has begun anew', async () => {
    const { round } = counterFixture(2);
    await round(['a', 1], ['b', 10]);
    expect(await round(['a', 1], ['b', 3])).toEqual({ a: 1, [OVERFLOW]: 13 });
  });

  it('keeps its members while series become free, which are for others', async () => {
    const { round } = counterFixture(2);
    await round(['a', 1], ['b', 10]);
    expect(await round(['b', 11])).toEqual({ [OVERFLOW]: 11 });
    expect(await round(['b', 12], ['c', 5])).toEqual({ c: 5, [OVERFLOW]: 12 });
  });

  it('takes of a series that has lost its place to another only what it has grown by since', async () => {
    const { round } = counterFixture(2);
    await round(['a', 1000], ['b', 1]);
    await round(['c', 7], ['b', 1]);
    expect(await round(['a', 1002], ['b', 1], ['c', 7])).toEqual({ c: 7, [OVERFLOW]: 3 });
  });

  it('gives a series back that was not observed for a while, where it is still free', async () => {
    const { round } = counterFixture(2);
    await round(['a', 1000], ['b', 1]);
    await round(['b', 1]);
    expect(await round(['b', 1], ['a', 1002])).toEqual({ a: 1002, [OVERFLOW]: 1 });
  });

  it('counts of two values of a member the later one, also of two callbacks', async () => {
    const { meter, values } = metricsFixture({ maxSeriesPerMetric: 2 });
    const taken = meter.createObservableCounter('taken');
    taken.addCallback((result) => {
      for (const [id, value] of [
        ['a', 1],
        ['b', 2],
        ['b', 3],
        ['c', 10],
      ] as const)
        result.observe(value, { id });
    });
    taken.addCallback((result) => {
      result.observe(20, { id: 'c' });
      result.observe(4, { id: 'b' });
      result.observe(5, { id: 'a' });
    });
    expect(await values()).toEqual([
      [{ id: 'a' }, 5],
      [{ 'otel.metric.overflow': true }, 24],
    ]);
  });

  it('remembers so many members; what it cannot tell from others is dropped and counted, and never an increase', async () => {
    const { provider, round } = counterFixture(2);
    const all = (add: number): Observed => Array.from({ length: 12 }, (_, id) => [`${id}`, 100 + add]);
    // One has a series, and ten are told apart.
    expect(await round(...all(0))).toEqual({ 0: 100, [OVERFLOW]: 1000 });
    expect(await round(...all(1).toReversed())).toEqual({ 0: 101, [OVERFLOW]: 1010 });
    expect(provider.counts()).toMatchObject({ dropped: { tooManySeries: 2 }, overflowed: 20 });
    // Some have gone for good: there is room, but nobody knows what the other one had when it was left out.
    const some = all(2).filter(([id]) => id === '0' || Number(id) > 5);
    await round(...some);
    expect(await round(...some)).toEqual({ 0: 102, [OVERFLOW]: 1015 });
    expect(await round(...some.map(([id, value]) => [id, value + 1] as const))).toEqual({ 0: 103, [OVERFLOW]: 1021 });
    expect(provider.counts().dropped.tooManySeries).toBe(3);
  });

  it('is not made infinite', async () => {
    const { provider, round } = counterFixture(1);
    await round(['a', Number.MAX_VALUE], ['b', Number.MAX_VALUE]);
    expect(await round(['a', Number.MAX_VALUE], ['b', 1])).toEqual({ [OVERFLOW]: Number.MAX_VALUE });
    expect(provider.counts().dropped.notFinite).toBe(1);
  });

  it('tells long attributes apart', async () => {
    const { round } = counterFixture(1);
    const long = 'x'.repeat(250);
    await round([`${long}1`, 1], [`${long}2`, 10]);
    expect(await round([`${long}2`, 11], [`${long}1`, 1])).toEqual({ [OVERFLOW]: 12 });
  });

  it('never falls, and never grows by more than was counted, whatever comes and goes in whatever order', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const member = fc.record({ id: fc.constantFrom(...ids), growth: fc.integer({ min: 0, max: 100 }) });
    const rounds = fc.array(fc.uniqueArray(member, { selector: ({ id }) => id, maxLength: ids.length }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(rounds, fc.integer({ min: 1, max: 5 }), async (all, limit) => {
        const { round } = counterFixture(limit);
        const totals = new Map<string, number>();
        let before: Record<string, number> = {};
        let overflow = 0;
        for (const members of all) {
          const grown = new Map(members.map(({ id, growth }) => [id, growth]));
          for (const [id, growth] of grown) totals.set(id, (totals.get(id) ?? 0) + growth);
          const shown = await round(...[...grown.keys()].map((id) => [id, totals.get(id) ?? 0] as const));
          const own = Object.keys(shown).filter((id) => id !== OVERFLOW);
          expect(own.length).toBeLessThan(limit);
          for (const id of own) expect(shown[id]).toBe(totals.get(id));
          for (const id of grown.keys()) if (id in before) expect(own).toContain(id);
          const left = [...grown.keys()].filter((id) => !own.includes(id));
          const increase = left.reduce((sum, id) => sum + (grown.get(id) ?? 0), 0);
          expect((shown[OVERFLOW] ?? overflow) - overflow).toBe(increase);
          overflow = shown[OVERFLOW] ?? overflow;
          before = shown;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is left over of an observable sum that may fall', () => {
  it('is the sum of what is observed now', async () => {
    const { meter, values } = metricsFixture({ maxSeriesPerMetric: 2 });
    let levels: readonly number[] = [1, 10, 100];
    meter.createObservableUpDownCounter('queued').addCallback((result) => {
      for (const [id, level] of levels.entries()) result.observe(level, { id });
    });
    expect((await values()).map(([, value]) => value)).toEqual([1, 110]);
    levels = [1, 5];
    expect((await values()).map(([, value]) => value)).toEqual([1, 5]);
  });
});
