import { describe, expect, it } from 'vitest';
import { readStatistics } from '../../../../../runtime/src/requests/statistics/requestStatistics.ts';
import { endAfter, MINUTE, SECOND, testedTracker } from '../support/trackerFixture.ts';

function all<Counted>(counting: Generator<undefined, Counted>): { readonly counted: Counted; readonly steps: number } {
  let steps = 1;
  for (;;) {
    const { done, value } = counting.next();
    if (done === true) return { counted: value, steps };
    steps += 1;
  }
}

describe('what was counted', () => {
  it('makes the statistics that are read', () => {
    const tested = testedTracker();
    for (const millis of [10, 20, 30]) endAfter(tested, { operation: 'a' }, { millis, failed: millis === 30 });
    const { statistics } = tested.tracker;
    const { outcomes, coveredSeconds } = statistics.counted('1h');
    const scope = { window: '1h', coveredSeconds, state: undefined } as const;
    expect(readStatistics(outcomes, scope)).toEqual(statistics.read({ window: '1h' }));
  });

  it('is told of the busiest, with what is beyond them', () => {
    const tested = testedTracker();
    for (const operation of ['a', 'b', 'b', 'c', 'c', 'c']) endAfter(tested, { operation }, { millis: SECOND });
    const { counted } = all(tested.tracker.statistics.countedBy('operation', { window: '1h', limit: 2 }));
    expect(counted.groups.map(({ key, outcomes }) => [key, outcomes.count])).toEqual([
      ['c', 3],
      ['b', 2],
    ]);
    expect(counted).toMatchObject({ total: 3, countBeyond: 1, coveredSeconds: 6 });
  });

  it('is of the window alone', () => {
    const tested = testedTracker();
    endAfter(tested, { operation: 'old' });
    tested.host.advance(10 * MINUTE);
    endAfter(tested, { operation: 'new' });
    const { counted } = all(tested.tracker.statistics.countedBy('operation', { window: '5m', limit: 10 }));
    expect(counted.groups.map(({ key }) => key)).toEqual(['new']);
  });

  it('takes a step for each twenty values', () => {
    const tested = testedTracker();
    for (let user = 0; user < 50; user += 1) endAfter(tested, { operation: 'a', userId: `${user}` });
    expect(all(tested.tracker.statistics.countedBy('userId', { window: '1h', limit: 1000 })).steps).toBe(3);
  });

  it('is told of unfinished requests by their states', () => {
    const tested = testedTracker();
    tested.tracker.start({ operation: 'a' });
    tested.host.advance(40);
    tested.tracker.start({ operation: 'a' }).process();
    tested.host.advance(10);
    const { counted } = all(tested.tracker.statistics.unfinishedByState());
    expect(counted.pending).toMatchObject({ count: 1, maxMillis: 50 });
    expect(counted.processing).toMatchObject({ count: 1, maxMillis: 10 });
  });

  it('is refused where it is of nothing', () => {
    const { statistics } = testedTracker().tracker;
    expect(() => statistics.counted('2h' as '1h')).toThrow('window is "2h"; allowed: 1m, 5m, 1h, 24h');
    expect(() => statistics.countedBy('colour' as 'userId', { window: '1h', limit: 1 })).toThrow(RangeError);
    expect(() => statistics.countedBy('userId', { window: '1h', limit: 0 })).toThrow('limit is 0');
  });
});
