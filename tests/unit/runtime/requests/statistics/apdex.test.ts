import { describe, expect, it } from 'vitest';
import type { RequestTrackerOptions } from '../../../../../runtime/src/requests/requestTrackerOptions.ts';
import { endAfter, MINUTE, testedTracker } from '../support/trackerFixture.ts';

/** Apdex of an operation of which requests took so long. */
function apdexOf(operation: string, durations: readonly number[], options: RequestTrackerOptions): number | undefined {
  const tested = testedTracker(options);
  for (const millis of durations) endAfter(tested, { operation }, { millis });
  return tested.tracker.statistics.read({ operation })?.apdex;
}

describe('apdex', () => {
  it.each([
    [500, 1],
    [501, 0.5],
    [2000, 0.5],
    [2001, 0],
  ])('takes %d ms for %d with the threshold of 500 ms', (millis, expected) => {
    expect(apdexOf('a', [millis], {})).toBe(expected);
  });

  it('is the mean of all', () => {
    expect(apdexOf('a', [1, 1, 600, 5000], {})).toBe(0.625);
  });

  it('takes what failed for nothing, however quick it was', () => {
    const tested = testedTracker();
    endAfter(tested, { operation: 'a' }, { millis: 1, failed: true });
    expect(tested.tracker.statistics.read()?.apdex).toBe(0);
  });

  it('goes by the threshold that is given', () => {
    expect(apdexOf('a', [101, 400, 401], { apdexMillis: 100 })).toBe(1 / 3);
  });

  it.each(['slow', '__proto__', 'constructor', 'toString', 'n'.repeat(300)])(
    'goes by the threshold of an operation, called %s, and for others by the one of all',
    (operation) => {
      const apdexMillisByOperation = Object.fromEntries([[operation, 10_000]]);
      expect(Object.keys(apdexMillisByOperation)).toEqual([operation]);
      expect(apdexOf(operation, [9000, 10_000, 10_001], { apdexMillisByOperation })).toBeCloseTo(2.5 / 3, 12);
      expect(apdexOf('other', [9000], { apdexMillisByOperation })).toBe(0);
      expect(apdexOf(operation, [9000], {})).toBe(0);
    },
  );

  it('of all goes by the threshold of each', () => {
    const tested = testedTracker({ apdexMillisByOperation: { slow: 10_000, quick: 10 } });
    for (const operation of ['slow', 'quick']) endAfter(tested, { operation }, { millis: 300 });
    expect(tested.tracker.statistics.read()?.apdex).toBe(0.5);
  });
});

describe('the error ratio', () => {
  it('is of the failed among all that ended', () => {
    const tested = testedTracker();
    for (const failed of [true, false, false]) endAfter(tested, { operation: 'a' }, { failed });
    tested.tracker.start({ operation: 'a' }).fail({ reason: 'timeout' });
    tested.tracker.start({ operation: 'a' });
    expect(tested.tracker.statistics.read()?.errorRatio).toBe(0.5);
  });
});

describe('requests whose clients went away', () => {
  /** Two that were quick, one that failed, and so many that were cancelled, in another slice of time each. */
  const trackerAfter = (cancelled: number) => {
    const tested = testedTracker();
    for (const failed of [true, false, false]) endAfter(tested, { operation: 'a' }, { millis: 10, failed });
    for (let number = 0; number < cancelled; number += 1) {
      tested.host.advance(MINUTE);
      const request = tested.tracker.start({ operation: 'a' });
      tested.host.advance(30);
      request.cancel();
    }
    return tested.tracker;
  };

  it('are counted apart among the failed, and are neither in the error ratio nor in apdex', () => {
    const { statistics } = trackerAfter(5);
    const ratios = { errorRatio: 1 / 3, apdex: 2 / 3 };
    expect(statistics.read({ window: '1h' })).toMatchObject({
      ...{ count: 8, completed: 2, failed: 6, cancelled: 5 },
      ...ratios,
    });
    expect(statistics.read({ window: '1h', state: 'failed' })).toMatchObject({
      ...{ count: 6, completed: 0, failed: 6, cancelled: 5, durations: { minMillis: 10, maxMillis: 30 } },
      ...ratios,
    });
    expect(statistics.read({ window: '1h', state: 'completed' })).toMatchObject({
      ...{ count: 2, completed: 2, failed: 0, cancelled: 0 },
      ...ratios,
    });
    expect(trackerAfter(0).statistics.read()).toMatchObject({ failed: 1, cancelled: 0, ...ratios });
  });

  it('alone say nothing of errors, nor of how pleased users are', () => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'a' }).cancel();
    expect(tracker.statistics.read()).toMatchObject({ count: 1, errorRatio: undefined, apdex: undefined });
  });
});
