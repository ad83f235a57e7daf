// @spec S3.3
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestStatistics } from '../../../../../runtime/src/requests/statistics/requestStatistics.ts';
import type { StatisticsWindow } from '../../../../../runtime/src/requests/statistics/outcomeSlices.ts';
import { DAY, endAfter, HOUR, MINUTE, SECOND, testedTracker } from '../support/trackerFixture.ts';

interface Ended {
  readonly atMillis: number;
  readonly durationMillis: number;
  readonly failed: boolean;
  readonly operation: string;
}

/** How long each window is, and what its far end is rounded to, as the documentation says it. */
const WINDOWS: Readonly<Record<StatisticsWindow, readonly [lengthMillis: number, sliceMillis: number]>> = {
  '1m': [MINUTE, 10 * SECOND],
  '5m': [5 * MINUTE, 10 * SECOND],
  '1h': [HOUR, 5 * MINUTE],
  '24h': [DAY, HOUR],
};
const WINDOW_NAMES = Object.keys(WINDOWS) as StatisticsWindow[];

/** Where a window begins: with the slice that its far end is in. */
function startOf(window: StatisticsWindow, nowMillis: number): number {
  const [length, slice] = WINDOWS[window];
  return Math.floor((nowMillis - length) / slice) * slice;
}

/** Statistics of durations that are all kept: exact but for percentiles. */
function exactStatistics(ended: readonly Ended[], window: StatisticsWindow, nowMillis: number) {
  const startMillis = startOf(window, nowMillis);
  const within = ended.filter(({ atMillis }) => atMillis >= startMillis);
  const failed = within.filter((request) => request.failed).length;
  const satisfied = within.filter((request) => !request.failed && request.durationMillis <= 500).length;
  const tolerating = within.filter(({ failed: no, durationMillis: it }) => !no && it > 500 && it <= 2000).length;
  const coveredSeconds = (nowMillis - Math.max(0, startMillis)) / 1000;
  return {
    within,
    expected: {
      window,
      coveredSeconds,
      count: within.length,
      completed: within.length - failed,
      failed,
      ratePerSecond: coveredSeconds === 0 ? 0 : within.length / coveredSeconds,
      errorRatio: within.length === 0 ? undefined : failed / within.length,
      apdex: within.length === 0 ? undefined : (satisfied + tolerating / 2) / within.length,
    },
  };
}

function checkDurations({ durations }: RequestStatistics, within: readonly Ended[]): void {
  if (within.length === 0) return expect(durations).toBeUndefined();
  const sorted = within.map(({ durationMillis }) => durationMillis).sort((a, b) => a - b);
  expect(durations?.minMillis).toBe(sorted[0]);
  expect(durations?.maxMillis).toBe(sorted.at(-1));
  expect(durations?.meanMillis).toBeCloseTo(sorted.reduce((sum, each) => sum + each, 0) / sorted.length, 6);
  const shares = [
    [0.5, durations?.p50Millis],
    [0.9, durations?.p90Millis],
    [0.95, durations?.p95Millis],
    [0.99, durations?.p99Millis],
    [0.999, durations?.p999Millis],
  ] as const;
  for (const [share, value = Number.NaN] of shares) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.max(exact * 0.01, 0.0002));
  }
}

const steps = fc.array(
  fc.record({
    waitMillis: fc.oneof(
      fc.integer({ min: 0, max: 20 * SECOND }),
      fc.integer({ min: 0, max: 20 * MINUTE }),
      fc.integer({ min: 0, max: 5 * HOUR }),
    ),
    durationMillis: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 40 * MINUTE })),
    failed: fc.boolean(),
    operation: fc.constantFrom('a', 'b', 'c'),
    sweeps: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);

describe('statistics', () => {
  it('are those of every request that ended within the time that the window covers', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const tested = testedTracker({ maxRequests: 5, maxOperations: 2, maxDurationMillis: HOUR });
        const ended: Ended[] = [];
        for (const { waitMillis, durationMillis, failed, operation, sweeps } of given) {
          tested.host.advance(waitMillis);
          endAfter(tested, { operation, userId: operation }, { millis: durationMillis, failed });
          if (sweeps) tested.tracker.sweep();
          ended.push({ atMillis: tested.host.monotonicMillis(), durationMillis, failed, operation });
        }
        for (const window of WINDOW_NAMES) {
          const { within, expected } = exactStatistics(ended, window, tested.host.monotonicMillis());
          const statistics = tested.tracker.statistics.read({ window });
          if (statistics === undefined) throw new Error('nothing is known of all requests');
          expect(statistics).toMatchObject(expected);
          checkDurations(statistics, within);
          checkGroups(tested.tracker.statistics.by('userId', { window }), within);
        }
      }),
      { numRuns: 150 },
    );
  });

  const checkGroups = (
    groups: readonly { readonly key: string; readonly statistics: RequestStatistics }[],
    within: readonly Ended[],
  ): void => {
    for (const { key, statistics } of groups) {
      const own = within.filter(({ operation }) => operation === key);
      expect(statistics).toMatchObject({ count: own.length, failed: own.filter(({ failed }) => failed).length });
      checkDurations(statistics, own);
    }
    expect(groups.reduce((sum, { statistics }) => sum + statistics.count, 0)).toBe(within.length);
  };

  it('count a request at the moment of its end, not of its start', () => {
    const tested = testedTracker();
    endAfter(tested, { operation: 'a' }, { millis: 10 * MINUTE });
    expect(tested.tracker.statistics.read({ window: '1m' })?.count).toBe(1);
  });

  it.each<[StatisticsWindow, number]>([
    ['1m', 60 + 3],
    ['5m', 300 + 3],
    ['1h', 3600 + 153],
    ['24h', 86_400 + 2253],
  ])('of %s cover it and less than one slice more', (window, seconds) => {
    const { tracker, host } = testedTracker();
    host.advance(3 * DAY + 37 * MINUTE + 33 * SECOND);
    expect(tracker.statistics.read({ window })?.coveredSeconds).toBe(seconds);
  });

  it('cover no more than the age of the tracker', () => {
    const { tracker, host } = testedTracker();
    host.advance(7 * SECOND);
    for (const window of WINDOW_NAMES) expect(tracker.statistics.read({ window })?.coveredSeconds).toBe(7);
  });

  it('are of the last five minutes where no window is given', () => {
    expect(testedTracker().tracker.statistics.read()?.window).toBe('5m');
  });

  it('of one state have its counts and durations; ratios are of all that ended', () => {
    const tested = testedTracker();
    for (const millis of [100, 200, 300]) endAfter(tested, { operation: 'a' }, { millis });
    endAfter(tested, { operation: 'a' }, { millis: 400, failed: true });
    const { statistics } = tested.tracker;
    expect(statistics.read({ state: 'completed' })).toMatchObject({
      count: 3,
      completed: 3,
      failed: 0,
      cancelled: 0,
      ratePerSecond: 3,
      errorRatio: 0.25,
      apdex: 0.75,
      durations: { minMillis: 100, meanMillis: 200, maxMillis: 300 },
    });
    expect(statistics.read({ state: 'failed' })).toMatchObject({
      count: 1,
      completed: 0,
      failed: 1,
      ratePerSecond: 1,
      errorRatio: 0.25,
      apdex: 0.75,
      durations: { minMillis: 400, meanMillis: 400, maxMillis: 400 },
    });
    expect(statistics.by('operation', { state: 'failed' }).map(({ statistics: { count } }) => count)).toEqual([1]);
  });

  it('refuse unknown keys and what is no finished state, by which all would be counted', () => {
    const { statistics } = testedTracker().tracker;
    const refusals: readonly (readonly [object, string])[] = [
      [{ usr: 'ann' }, 'a query has no "usr"; allowed: window, state'],
      [{ state: 'cancelled' }, 'state is "cancelled"; allowed: completed, failed'],
    ];
    for (const [query, message] of refusals)
      for (const ask of [() => statistics.read(query), () => statistics.by('userId', query)]) {
        expect(ask).toThrow(RangeError);
        expect(ask).toThrow(message);
      }
    const operation: object = { operation: 'a' };
    expect(() => statistics.by('userId', operation)).toThrow('a query has no "operation"; allowed: window, state');
  });

  it('refuse what is no window, no dimension, no unfinished state, and two dimensions at once', () => {
    const { statistics } = testedTracker().tracker;
    const hostile: unknown = '2m';
    expect(() => statistics.read({ window: hostile as '1m' })).toThrow(
      new RangeError('window is "2m"; allowed: 1m, 5m, 1h, 24h'),
    );
    expect(() => statistics.by('userId', { window: hostile as '1m' })).toThrow(RangeError);
    expect(() => statistics.by(hostile as 'userId')).toThrow(
      new RangeError('dimension is "2m"; allowed: operation, userId, agentId'),
    );
    for (const state of ['2m', 'completed', 'failed', '__proto__'] as unknown[])
      expect(() => statistics.unfinished(state as 'pending')).toThrow(
        new RangeError(`state is "${String(state)}"; allowed: pending, processing`),
      );
    expect(() => statistics.read({ userId: 'ann', operation: 'a' })).toThrow(
      new RangeError('statistics are kept of one of operation, userId, agentId at a time'),
    );
  });
});

describe('statistics of which nothing is known', () => {
  it('are undefined, and no zero that nobody measured', () => {
    const { tracker, host } = testedTracker();
    host.advance(SECOND);
    expect(tracker.statistics.read()).toEqual({
      window: '5m',
      coveredSeconds: 1,
      count: 0,
      completed: 0,
      failed: 0,
      cancelled: 0,
      ratePerSecond: 0,
      errorRatio: undefined,
      apdex: undefined,
      durations: undefined,
    });
    for (const query of [{ operation: 'a' }, { userId: 'a' }, { agentId: 'a' }])
      expect(tracker.statistics.read(query)).toBeUndefined();
    expect(tracker.statistics.by('operation')).toEqual([]);
    expect(tracker.statistics.unfinished('pending')).toEqual({ count: 0, durations: undefined });
    expect(tracker.statistics.slowest()).toEqual([]);
    expect(tracker.statistics.slowest({ operation: 'a' })).toEqual([]);
    expect(tracker.statistics.sample({ operation: 'a' }).flatMap(({ requests }) => requests)).toEqual([]);
  });

  it('are undefined for an operation that has started and not ended, and that ended a day ago', () => {
    const tested = testedTracker();
    const { tracker, host } = tested;
    tracker.start({ operation: 'started', userId: 'ann' });
    expect(tracker.statistics.read({ operation: 'started' })).toBeUndefined();
    endAfter(tested, { operation: 'ended', userId: 'ann' });
    expect(tracker.statistics.read({ operation: 'ended', window: '1m' })?.count).toBe(1);
    host.advance(2 * HOUR);
    expect(tracker.statistics.read({ operation: 'ended', window: '1m' })).toMatchObject({
      count: 0,
      errorRatio: undefined,
    });
    host.advance(DAY);
    for (const query of [{ operation: 'ended' }, { userId: 'ann' }])
      expect(tracker.statistics.read({ ...query, window: '1m' })?.durations).toBeUndefined();
    expect(tracker.statistics.read({ operation: 'ended', window: '24h' })).toBeUndefined();
  });
});

describe('the unfinished', () => {
  it('are counted in their state, with what they have taken so far', () => {
    const { tracker, host } = testedTracker();
    tracker.start({ operation: 'a' });
    host.advance(10);
    tracker.start({ operation: 'a' });
    host.advance(20);
    tracker.start({ operation: 'a' }).process();
    tracker.start({ operation: 'a' }).fail();
    expect(tracker.statistics.unfinished('pending')).toMatchObject({
      count: 2,
      durations: { minMillis: 20, meanMillis: 25, maxMillis: 30 },
    });
    expect(tracker.statistics.unfinished('processing')).toMatchObject({ count: 1, durations: { maxMillis: 0 } });
  });
});
