import { describe, expect, it } from 'vitest';
import { endAfter, HOUR, MINUTE, SECOND, testedTracker, WALL_START } from '../support/trackerFixture.ts';

describe('what ended within a day', () => {
  it('is told slice by slice, the oldest first, of the wall clock and with the width of each', () => {
    const tested = testedTracker();
    endAfter(tested, { operation: 'a' }, { millis: SECOND });
    tested.host.advance(2 * HOUR);
    endAfter(tested, { operation: 'a' }, { millis: SECOND, failed: true });
    tested.host.advance(10 * MINUTE);
    endAfter(tested, { operation: 'a' }, { millis: SECOND });
    endAfter(tested, { operation: 'a' }, { millis: SECOND });
    const { slices, originMillis, sinceMillis } = tested.tracker.statistics.day();
    expect([originMillis, sinceMillis]).toEqual([WALL_START, WALL_START]);
    expect(
      slices.map(({ startedMillis, widthMillis, outcomes }) => [startedMillis, widthMillis, outcomes.count]),
    ).toEqual([
      [WALL_START, HOUR, 1],
      [WALL_START + 2 * HOUR, 5 * MINUTE, 1],
      [WALL_START + 2 * HOUR + 10 * MINUTE, 10 * SECOND, 2],
    ]);
    expect(slices[1]?.outcomes.failed?.count).toBe(1);
  });

  it('is nothing where nothing ended', () => {
    expect(testedTracker().tracker.statistics.day().slices).toEqual([]);
  });

  it('is told of those whose requests failed most, without those whose requests were cancelled', () => {
    const tested = testedTracker();
    const end = (userId: string, failed: boolean) =>
      endAfter(tested, { operation: 'a', userId }, { millis: 1, failed });
    for (const user of ['u1', 'u2', 'u2', 'u3']) end(user, true);
    end('u2', false);
    end('u4', false);
    const gone = tested.tracker.start({ operation: 'a', userId: 'u5' });
    gone.cancel();
    const { statistics } = tested.tracker;
    expect(statistics.mostFailed('userId', { window: '1h', limit: 2 })).toEqual([
      { key: 'u2', count: 3, failures: 2 },
      { key: 'u1', count: 1, failures: 1 },
    ]);
    tested.host.advance(2 * HOUR);
    expect(statistics.mostFailed('userId', { window: '1h', limit: 2 })).toEqual([]);
    expect(() => statistics.mostFailed('userId', { window: '1h', limit: 0 })).toThrow(RangeError);
  });
});
