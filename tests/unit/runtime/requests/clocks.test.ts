import { describe, expect, it } from 'vitest';
import { DAY, endAfter, HOUR, idsOf, MINUTE, SECOND, testedTracker, WALL_START } from './support/trackerFixture.ts';

describe('a wall clock that is set', () => {
  it.each([-10 * DAY, -1, 10 * DAY])('by %i ms changes no duration, age or window', (shift) => {
    const tested = testedTracker({ maxAgeMillis: HOUR });
    const { tracker, host } = tested;
    endAfter(tested, { operation: 'work', id: 'before' }, { millis: 40 });
    const request = tracker.start({ operation: 'work', id: 'r' }).process();
    host.advance(20);
    host.wallShiftMillis = shift;
    host.advance(10);
    request.complete();
    expect(tracker.get('r')).toMatchObject({ durationMillis: 30, startedAt: '2026-11-27T00:00:00.040Z' });
    expect(tracker.statistics.read({ window: '1m' })).toMatchObject({
      count: 2,
      durations: { minMillis: 30, maxMillis: 40 },
    });
    tracker.sweep();
    expect(tracker.counts()).toMatchObject({ kept: 2, abandoned: 0 });
    expect(tracker.stuck()).toEqual([]);
  });

  it('is what requests are dated by that start from then on, and what times are asked for in', () => {
    const { tracker, host } = testedTracker();
    tracker.start({ operation: 'work', id: 'today' });
    host.wallShiftMillis = -DAY;
    host.advance(1);
    tracker.start({ operation: 'work', id: 'yesterday' });
    expect(tracker.get('yesterday')?.startedAt).toBe('2026-11-26T00:00:00.001Z');
    expect(idsOf(tracker.find().requests)).toEqual(['yesterday', 'today']);
    expect(idsOf(tracker.find({ startedBeforeMillis: WALL_START }).requests)).toEqual(['yesterday']);
    expect(idsOf(tracker.find({ startedFromMillis: WALL_START }).requests)).toEqual(['today']);
  });

  it.each([Number.NaN, 1e300, -1e300])('to %d is shown as the beginning of time', (shift) => {
    const { tracker, host } = testedTracker();
    host.wallShiftMillis = shift;
    tracker.start({ operation: 'work', id: 'r' }).process().complete();
    expect(tracker.get('r')).toMatchObject({ startedAt: '1970-01-01T00:00:00.000Z', durationMillis: 0 });
  });
});

describe('a clock that stands still', () => {
  it('leaves durations of 0 and counts as they are', () => {
    const { tracker } = testedTracker();
    for (let number = 0; number < 100; number += 1) tracker.start({ operation: 'work' }).process().complete();
    const zero = {
      minMillis: 0,
      meanMillis: 0,
      p50Millis: 0,
      p90Millis: 0,
      p95Millis: 0,
      p99Millis: 0,
      p999Millis: 0,
      maxMillis: 0,
    };
    expect(tracker.statistics.read()).toEqual({
      window: '5m',
      coveredSeconds: 0,
      count: 100,
      completed: 100,
      failed: 0,
      cancelled: 0,
      ratePerSecond: 0,
      errorRatio: 0,
      apdex: 1,
      durations: zero,
    });
    expect(tracker.find({}, { limit: 1000 }).requests.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 100 }, (_, index) => 100 - index),
    );
    tracker.sweep();
    expect(tracker.counts()).toMatchObject({ started: 100, kept: 100 });
  });
});

describe('a process that slept', () => {
  it('finds one sweep enough for what became old meanwhile', () => {
    const tested = testedTracker();
    const { tracker, host } = tested;
    endAfter(tested, { operation: 'work' }, { millis: SECOND });
    tracker.start({ operation: 'work', id: 'forgotten' });
    host.advance(3 * DAY + MINUTE);
    expect(tracker.counts()).toMatchObject({ kept: 1, abandoned: 1, evicted: { age: 1 } });
    expect(tracker.statistics.read({ window: '24h' })).toMatchObject({
      count: 1,
      failed: 1,
      coveredSeconds: 86_400 + 61,
    });
  });
});
