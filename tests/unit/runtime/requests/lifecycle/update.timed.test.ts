import { describe, expect, it } from 'vitest';
import { idsOf, testedTracker } from '../support/trackerFixture.ts';

describe('update', () => {
  it.each([
    ['operation', 'old', 'new'],
    ['userId', 'old', 'new'],
    ['agentId', 'old', 'new'],
  ] as const)(
    'of %s: the request is found by the new value in the order of starts, and no more by the old',
    (field, before, after) => {
      const { tracker } = testedTracker();
      const start = (id: string, value: string): unknown => tracker.start({ operation: 'work', id, [field]: value });
      start('1', after);
      const second = tracker.start({ operation: 'work', id: '2', [field]: before });
      start('3', after);
      start('4', before);
      second.update({ [field]: after });
      expect(idsOf(tracker.find({ [field]: after }).requests)).toEqual(['3', '2', '1']);
      expect(idsOf(tracker.find({ [field]: before }).requests)).toEqual(['4']);
      expect(tracker.get('2')?.[field]).toBe(after);
    },
  );

  it('gives a request a user that it did not have', () => {
    const { tracker } = testedTracker();
    const request = tracker.start({ operation: 'work', id: 'r' });
    expect(tracker.find({ userId: 'ann' }).requests).toEqual([]);
    expect(request.update({ userId: 'ann' })).toBe(request);
    expect(idsOf(tracker.find({ userId: 'ann' }).requests)).toEqual(['r']);
    request.process().complete();
    expect(tracker.statistics.read({ userId: 'ann' })?.count).toBe(1);
  });

  it('counts the request under its new operation only', () => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'GET' }).update({ operation: 'GET /orders/:id' }).process().complete();
    expect(tracker.statistics.by('operation').map(({ key }) => key)).toEqual(['GET /orders/:id']);
    expect(tracker.statistics.read({ operation: 'GET' })).toBeUndefined();
  });

  it('changes nothing that is not given, nor by an empty text', () => {
    const { tracker } = testedTracker();
    const given = { operation: 'work', id: 'r', userId: 'ann', agentId: 'bot', attributes: { a: 1 } };
    const request = tracker.start(given);
    request.update({}).update({ operation: '', userId: '', agentId: '' });
    expect(tracker.get('r')).toMatchObject(given);
  });

  it('adds attributes to those that are known, and replaces those of the same key', () => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'work', id: 'r', attributes: { a: 1, b: 1 } }).update({ attributes: { b: 2, c: 2 } });
    expect(tracker.get('r')?.attributes).toEqual({ a: 1, b: 2, c: 2 });
  });

  it('of attributes, and the end of all, is seen in the estimate of memory', () => {
    const { tracker, host } = testedTracker({ maxAgeMillis: 1000 });
    const request = tracker.start({ operation: 'work', id: 'r' });
    const before = tracker.counts().bytes;
    request.update({ attributes: { text: 'x'.repeat(500) } });
    expect(tracker.counts().bytes - before).toBeGreaterThan(1000);
    request
      .update({ attributes: { text: 'x' }, userId: 'ann' })
      .process()
      .complete();
    host.advance(26 * 60 * 60 * 1000);
    tracker.sweep();
    expect(tracker.counts()).toMatchObject({ kept: 0, bytes: 0 });
  });

  it.each(['complete', 'fail'] as const)(
    'changes nothing after %s, and throws nothing: a client may have gone',
    (step) => {
      const { tracker } = testedTracker();
      const request = tracker.start({ operation: 'work', id: 'r' }).process();
      request[step]();
      const before = tracker.get('r');
      request.update({ operation: 'other', userId: 'ann', attributes: { a: 1 } });
      expect(tracker.get('r')).toEqual(before);
      expect(tracker.find({ userId: 'ann' }).requests).toEqual([]);
    },
  );

  // Two seconds on a quiet machine; the search from the beginning takes longer than this on any.
  it('of a hundred thousand requests of one operation looks at few of them for each', { timeout: 25_000 }, () => {
    const { tracker } = testedTracker();
    const requests = Array.from({ length: 100_000 }, () => tracker.start({ operation: 'GET' }));
    // From the last to the first: a search from the beginning would look at five thousand million.
    for (const request of requests.reverse()) request.update({ userId: 'ann', operation: 'GET /' });
    expect(tracker.find({ operation: 'GET' }).requests).toEqual([]);
    expect(tracker.find({ operation: 'GET /' }, { limit: 1 }).requests[0]?.sequence).toBe(100_000);
  });
});
