// @spec S3.5
import { describe, expect, it } from 'vitest';
import type { TrackedRequest } from '../../../../../runtime/src/requests/trackedRequest.ts';
import { DAY, endAfter, HOUR, idsOf, MINUTE, SECOND, testedTracker } from '../support/trackerFixture.ts';

describe('what is kept', () => {
  it('is let go of by count: what ended first goes first, whenever it started', () => {
    const { tracker } = testedTracker({ maxRequests: 3 });
    for (const id of ['a', 'b', 'c']) tracker.start({ operation: 'work', id }).process();
    for (const id of ['b', 'a']) tracker.complete(id);
    tracker.start({ operation: 'work', id: 'd' });
    expect(idsOf(tracker.find().requests)).toEqual(['d', 'c', 'a']);
    tracker.start({ operation: 'work', id: 'e' });
    expect(idsOf(tracker.find().requests)).toEqual(['e', 'd', 'c']);
    expect(tracker.counts().evicted).toEqual({ age: 0, count: 2, memory: 0 });
  });

  it('gives up the oldest unfinished request only where none is over', () => {
    const { tracker } = testedTracker({ maxRequests: 2 });
    for (const id of ['a', 'b', 'c']) tracker.start({ operation: 'work', id });
    expect(idsOf(tracker.find().requests)).toEqual(['c', 'b']);
    expect(tracker.counts()).toMatchObject({ failed: 1, abandoned: 1, unfinished: 2 });
    expect(tracker.statistics.read()).toMatchObject({ count: 1, failed: 1 });
  });

  it('is let go of by the time since its end, by the timer, where nothing starts any more', () => {
    const tested = testedTracker({ maxAgeMillis: MINUTE, sweepIntervalMillis: 10 * SECOND });
    const { tracker, host } = tested;
    tracker.start({ operation: 'work', id: 'unfinished' });
    endAfter(tested, { operation: 'work', id: 'long' }, { millis: 50 * SECOND });
    endAfter(tested, { operation: 'work', id: 'late' }, { millis: 20 * SECOND });
    host.advance(40 * SECOND);
    expect(tracker.get('long')?.state).toBe('completed');
    host.advance(10 * SECOND);
    expect(tracker.get('long')).toBeUndefined();
    expect(tracker.get('late')?.state).toBe('completed');
    host.advance(20 * SECOND);
    expect(idsOf(tracker.find().requests)).toEqual(['unfinished']);
    expect(tracker.counts().evicted).toEqual({ age: 2, count: 0, memory: 0 });
  });

  it('is let go of by age when requests start, without the timer', async () => {
    const tested = testedTracker({ maxAgeMillis: MINUTE });
    const { tracker, host } = tested;
    await tracker.stop();
    for (const id of ['a', 'b']) endAfter(tested, { operation: 'work', id });
    host.advance(MINUTE + 1);
    tracker.start({ operation: 'work', id: 'c' });
    expect(idsOf(tracker.find().requests)).toEqual(['c']);
  });

  it('is still counted for a day: statistics do not depend on what is kept', () => {
    const tested = testedTracker({ maxRequests: 1, maxAgeMillis: 1000 });
    const { tracker, host } = tested;
    for (let number = 0; number < 100; number += 1) endAfter(tested, { operation: 'work' }, { millis: 1 });
    host.advance(23 * HOUR);
    expect(tracker.counts().kept).toBe(0);
    expect(tracker.statistics.read({ window: '24h' })?.count).toBe(100);
    host.advance(3 * HOUR);
    expect(tracker.statistics.read({ window: '24h' })?.count).toBe(0);
  });

  it('is let go of by memory, and what is estimated stays within the limit', () => {
    const { tracker } = testedTracker({ maxBytes: 1_000_000 });
    const attributes = Object.fromEntries(Array.from({ length: 32 }, (_, index) => [`key${index}`, 'x'.repeat(1000)]));
    for (let number = 0; number < 200; number += 1) {
      tracker.start({ operation: 'work', attributes }).process().complete();
      expect(tracker.counts().bytes).toBeLessThanOrEqual(1_000_000);
    }
    const { kept, evicted } = tracker.counts();
    expect(evicted).toEqual({ age: 0, count: 0, memory: 200 - kept });
    expect(kept).toBeGreaterThan(10);
    expect(tracker.find({}, { limit: 1 }).requests[0]?.sequence).toBe(200);
  });

  it('takes the memory that the type of a failure takes, and gives it back', () => {
    const { tracker } = testedTracker({ maxRequests: 1 });
    const bytesAfter = (end: (request: TrackedRequest) => void): number => {
      const before = tracker.counts().bytes;
      end(tracker.start({ operation: 'work' }).process());
      return tracker.counts().bytes - before;
    };
    const first = bytesAfter((request) => request.complete());
    expect(bytesAfter((request) => request.fail({ type: 'x'.repeat(100) }))).toBe(40 + 24 + 2 * 100);
    expect(bytesAfter((request) => request.fail())).toBe(-(40 + 24 + 2 * 100));
    expect(tracker.counts().bytes).toBe(first);
  });

  it('estimates less memory when a request is let go of, and none when all are gone', () => {
    const tested = testedTracker({ maxAgeMillis: HOUR });
    const { tracker, host } = tested;
    expect(tracker.counts().bytes).toBe(0);
    const trace = { parentId: 'parent', userId: 'ann', agentId: 'bot', attributes: { a: 'text' } };
    for (let number = 0; number < 100; number += 1) endAfter(tested, { operation: `work ${number}`, ...trace });
    tracker.sweep();
    const full = tracker.counts().bytes;
    expect(full).toBeGreaterThan(100 * 500);
    host.advance(HOUR + SECOND);
    const withoutRequests = tracker.counts().bytes;
    expect(withoutRequests).toBeLessThan(full - 100 * 500);
    host.advance(2 * HOUR);
    expect(tracker.counts().bytes).toBeLessThan(withoutRequests);
    host.advance(DAY);
    expect(tracker.counts().bytes).toBe(0);
  });

  it('is not given up for statistics that alone take more memory than there is', () => {
    const options = { maxBytes: 1_000_000, maxOperations: 10_000, maxUsers: 100_000 };
    const { tracker, host } = testedTracker({ ...options, slowestKept: 100, samplesPerBand: 100 });
    for (let number = 0; number < 10_000; number += 1) {
      tracker
        .start({ operation: `operation ${number % 4500}`, userId: `user ${number}` })
        .process()
        .complete();
      if (number % 5000 === 0) host.advance(10 * SECOND);
    }
    tracker.sweep();
    const running = Array.from({ length: 200 }, () => tracker.start({ operation: 'work' }).process());
    tracker.sweep();
    for (const request of running) request.complete();
    const { bytes, abandoned, completed } = tracker.counts();
    expect({ abandoned, completed }).toEqual({ abandoned: 0, completed: 10_200 });
    expect(bytes).toBeLessThanOrEqual(1_000_000);
    expect(tracker.statistics.read({ window: '24h' })?.count).toBe(10_200);
  });

  it('is not given up for exemplars of one operation that take more than all the memory there is', () => {
    const latencyBandsMillis = Array.from({ length: 20 }, (_, index) => index + 1);
    const tested = testedTracker({ maxBytes: 1_000_000, latencyBandsMillis, samplesPerBand: 100, slowestKept: 100 });
    const { tracker, host } = tested;
    for (let hour = 0; hour < 2; hour += 1) {
      for (let number = 0; number < 2200; number += 1) endAfter(tested, { operation: 'work' }, { millis: number % 22 });
      if (hour === 0) host.advance(HOUR - (host.monotonicMillis() % HOUR));
    }
    tracker.sweep();
    expect(tracker.counts().bytes).toBeGreaterThan(1_000_000);
    const running = Array.from({ length: 100 }, () => tracker.start({ operation: 'work' }).process());
    for (const request of running) request.complete();
    expect(tracker.counts()).toMatchObject({ abandoned: 0, completed: 4500 });
  });

  it('takes no longer for each request where twenty thousand never end', () => {
    const maxRequests = 20_000;
    const { tracker, host } = testedTracker({ maxRequests, maxBytes: 500_000_000 });
    // Looking at all of them at each start would be eight hundred million looks.
    for (let number = 1; number <= 3 * maxRequests; number += 1) {
      tracker.start({ operation: 'leak', userId: `user ${number % 200}` });
      if (number % maxRequests === 0) host.advance(SECOND);
    }
    expect(tracker.counts()).toMatchObject({ unfinished: maxRequests, abandoned: 2 * maxRequests, kept: maxRequests });
    expect(tracker.find({ userId: 'user 7' }, { limit: 1000 }).requests).toHaveLength(100);
    expect(tracker.find({}, { limit: 1 }).requests[0]?.sequence).toBe(3 * maxRequests);
  });
});
