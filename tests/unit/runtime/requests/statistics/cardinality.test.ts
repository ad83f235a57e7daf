import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestGroup } from '../../../../../runtime/src/requests/statistics/requestStatistics.ts';
import { DAY, endAfter, HOUR, MINUTE, SECOND, testedTracker } from '../support/trackerFixture.ts';

/** Each label with its count. */
function countsOf(groups: readonly RequestGroup[]): Record<string, number> {
  return Object.fromEntries(groups.map(({ key, statistics: { count } }) => [key, count]));
}

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('values beyond the limit', () => {
  it('of operations are counted as (other), under which their requests are found', () => {
    const tested = testedTracker({ maxOperations: 2 });
    const { tracker } = tested;
    for (const operation of ['a', 'b', 'c', 'd', 'a', 'c']) endAfter(tested, { operation }, { millis: 1 });
    expect(countsOf(tracker.statistics.by('operation'))).toEqual({ '(other)': 3, a: 2, b: 1 });
    expect(tracker.find({ operation: '(other)' }).requests).toHaveLength(3);
    expect(tracker.find({ operation: 'c' }).requests).toEqual([]);
    expect(tracker.statistics.read({ operation: 'c' })).toBeUndefined();
    expect(tracker.statistics.read({ operation: '(other)' })?.count).toBe(3);
    expect(tracker.start({ operation: 'e' }).operation).toBe('(other)');
  });

  it.each(['userId', 'agentId'] as const)('of %s are counted as (other), and are found by their own', (field) => {
    const tested = testedTracker({ maxUsers: 2, maxAgents: 2 });
    const { tracker } = tested;
    for (const value of ['a', 'b', 'c', 'd', 'c']) endAfter(tested, { operation: 'work', [field]: value });
    expect(countsOf(tracker.statistics.by(field))).toEqual({ '(other)': 3, a: 1, b: 1 });
    expect(tracker.find({ [field]: 'c' }).requests).toHaveLength(2);
    expect(tracker.statistics.read({ [field]: 'd' })).toBeUndefined();
  });

  it('may be called (other) themselves', () => {
    const tested = testedTracker({ maxOperations: 1 });
    for (const operation of ['(other)', 'a', 'b', '(other)']) endAfter(tested, { operation, userId: operation });
    expect(countsOf(tested.tracker.statistics.by('operation'))).toEqual({ '(other)': 3, a: 1 });
    expect(countsOf(tested.tracker.statistics.by('userId'))).toEqual({ '(other)': 2, a: 1, b: 1 });
  });

  it('never are lost: groups are as many as the limit and one, and come to the total', () => {
    const values = fc.array(fc.nat(50), { minLength: 1, maxLength: 300, size: 'max' });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 10 }), (given, limit) => {
        const tested = testedTracker({ maxOperations: limit, maxUsers: limit, maxAgents: limit });
        for (const [index, value] of given.entries()) {
          const name = `value ${value}`;
          endAfter(tested, { operation: name, userId: name, agentId: name }, { millis: 1 });
          if (index % 50 === 0) tested.tracker.sweep();
        }
        for (const dimension of ['operation', 'userId', 'agentId'] as const) {
          const groups = tested.tracker.statistics.by(dimension);
          expect(groups.length).toBeLessThanOrEqual(limit + 1);
          expect(sum(countsOf(groups))).toBe(given.length);
          expect(groups.map(({ statistics: { count } }) => count)).toEqual(
            groups.map(({ statistics: { count } }) => count).sort((a, b) => b - a),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('an operation', () => {
  it('of which nothing happened for a day makes room for another', () => {
    const tested = testedTracker({ maxOperations: 1, maxUsers: 1 });
    const { tracker, host } = tested;
    endAfter(tested, { operation: 'old', userId: 'old' });
    host.advance(23 * HOUR);
    endAfter(tested, { operation: 'too early', userId: 'too early' });
    host.advance(3 * HOUR);
    endAfter(tested, { operation: 'new', userId: 'new' });
    for (const dimension of ['operation', 'userId'] as const) {
      expect(countsOf(tracker.statistics.by(dimension, { window: '24h' }))).toEqual({ new: 1, '(other)': 1 });
      expect(countsOf(tracker.statistics.by(dimension, { window: '1m' }))).toEqual({ new: 1 });
    }
  });

  it('keeps its label while a request of it is unfinished, however often the tracker is swept', () => {
    const { tracker, host } = testedTracker({ maxOperations: 1 });
    const slow = tracker.start({ operation: 'slow' }).process();
    host.advance(MINUTE);
    tracker.start({ operation: 'quick' }).process().complete();
    slow.complete();
    expect(countsOf(tracker.statistics.by('operation'))).toEqual({ slow: 1, '(other)': 1 });
    expect(tracker.statistics.slowest({ operation: 'slow' })).toHaveLength(1);
  });

  it('has its exemplars where it is counted: no more samples than labels, whatever starts and ends when', () => {
    const { tracker, host } = testedTracker({ maxOperations: 2, slowestKept: 1, samplesPerBand: 1 });
    for (let round = 0; round < 50; round += 1) {
      const requests = [0, 1, 2].map((part) => tracker.start({ operation: `${round}.${part}` }));
      host.advance(10 * SECOND);
      for (const request of requests) request.fail();
    }
    const samples = tracker.statistics.slowest({ limit: 1000 });
    expect(samples.length).toBeLessThanOrEqual(3);
    expect(tracker.statistics.sample().flatMap(({ requests }) => requests).length).toBeLessThanOrEqual(6);
  });
});

describe('statistics that take more than their share of the memory', () => {
  const options = { maxBytes: 1_000_000, maxOperations: 10_000, maxUsers: 10_000 };

  it('fold small groups into (other), and lose nothing of what was counted', () => {
    const tested = testedTracker(options);
    const { tracker } = tested;
    for (let number = 0; number < 5000; number += 1) {
      endAfter(
        tested,
        { operation: `rare ${number}`, userId: `user ${number}` },
        { millis: 1, failed: number % 5 === 0 },
      );
      if (number % 10 === 0) endAfter(tested, { operation: 'frequent', userId: 'frequent' }, { millis: number % 400 });
    }
    tracker.sweep();
    for (const dimension of ['operation', 'userId'] as const) {
      const groups = tracker.statistics.by(dimension, { window: '24h' });
      expect(groups.length).toBeLessThan(2000);
      expect(sum(countsOf(groups))).toBe(5500);
      expect(groups.reduce((failed, { statistics }) => failed + statistics.failed, 0)).toBe(1000);
      expect(countsOf(groups)['frequent']).toBe(500);
      const other = groups.find(({ key }) => key === '(other)')?.statistics;
      expect(other?.durations).toMatchObject({ minMillis: 1, meanMillis: 1, maxMillis: 1 });
    }
    expect(tracker.statistics.read({ window: '24h' })?.count).toBe(5500);
    expect(tracker.counts().bytes).toBeLessThanOrEqual(1_000_000);
  });

  it('keep the slowest and the samples of what was folded, with the names of their operations', () => {
    const tested = testedTracker(options);
    const { tracker } = tested;
    for (let number = 1; number <= 3000; number += 1)
      endAfter(tested, { operation: `rare ${number}`, id: `r${number}` }, { millis: number % 1000 === 0 ? number : 1 });
    tracker.sweep();
    const slowest = tracker.statistics.slowest({ limit: 3 });
    expect(slowest.map(({ operation }) => operation)).toEqual(['rare 3000', 'rare 2000', 'rare 1000']);
    expect(tracker.statistics.slowest({ operation: '(other)', limit: 1000 }).length).toBeLessThanOrEqual(20);
  });

  it('hold the exemplar of an operation that lost its label meanwhile where its count is', () => {
    const tested = testedTracker({ ...options, maxOperations: 2000 });
    const { tracker } = tested;
    const late = tracker.start({ operation: 'late', id: 'late' });
    for (let number = 0; number < 2000; number += 1) endAfter(tested, { operation: `rare ${number}` });
    tracker.sweep();
    for (let number = 2000; number < 4500; number += 1) endAfter(tested, { operation: `rare ${number}` });
    tested.host.advance(10);
    late.fail();
    expect(tracker.statistics.read({ operation: 'late' })).toBeUndefined();
    expect(tracker.statistics.slowest({ operation: 'late' })).toEqual([]);
    expect(tracker.statistics.slowest({ operation: '(other)' })[0]).toMatchObject({
      requestId: 'late',
      operation: 'late',
    });
  });

  it('hold a value that comes back in its own group again', () => {
    const tested = testedTracker({ ...options, maxBytes: 1_000_000 });
    for (let number = 0; number < 3000; number += 1) endAfter(tested, { operation: `rare ${number}` });
    tested.tracker.sweep();
    endAfter(tested, { operation: 'rare 0' });
    expect(tested.tracker.statistics.read({ operation: 'rare 0' })?.count).toBeGreaterThanOrEqual(1);
    tested.host.advance(2 * DAY);
    expect(tested.tracker.counts().bytes).toBe(0);
  });
});
