import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../runtime/src/core/configurationError.ts';
import { ErrorTracker } from '../../../../runtime/src/errors/errorTracker.ts';
import type { ErrorTrackerOptions } from '../../../../runtime/src/errors/errorTrackerOptions.ts';
import { FakeHost } from '../../../support/fakeHost.ts';
import { traceOf, tracked } from './support/trackerFixture.ts';

function soldOut(sku: number): Error {
  return Object.assign(new Error(`no stock of ${sku}`), { code: 'SOLD_OUT', sku });
}

describe('capture', () => {
  it('says where an error went, and keeps it with what was known', () => {
    const { host, tracker, newest } = tracked(
      { release: '1.4.0' },
      {
        currentTrace: () => traceOf('a'),
        currentRequest: () => ({ id: 'r1', operation: 'POST /orders', userId: 'ada' }),
      },
    );
    tracker.addBreadcrumb('query', 'SELECT stock', { table: 'stock' });
    const receipt = tracker.capture(soldOut(7), { context: { basket: 3 } });
    const group = newest();
    expect(group?.id).toBe(receipt?.groupId);
    expect(group).toMatchObject({ type: 'Error', message: 'no stock of 7', count: 1, users: 1, firstRelease: '1.4.0' });
    expect(group?.culprit).toMatch(/^tests\/unit\/runtime\/errors\/errorTracker\.test\.ts:\d+ soldOut$/);
    expect(group?.events[0]).toMatchObject({
      source: 'call',
      isHandled: true,
      atMillis: host.wallMillis(),
      request: { id: 'r1', operation: 'POST /orders', userId: 'ada' },
      traceId: 'a'.repeat(32),
      sampled: true,
      context: { basket: 3 },
      breadcrumbs: [{ kind: 'query', message: 'SELECT stock', data: { table: 'stock' } }],
      error: { code: 'SOLD_OUT', properties: { sku: 7 } },
    });
  });

  it('counts what is the same as one group, and another one apart', () => {
    const { tracker } = tracked();
    const first = tracker.capture(soldOut(1));
    const second = tracker.capture(soldOut(2));
    const other = tracker.capture(new TypeError('order is undefined'));
    expect(second).toEqual(first);
    expect(other?.groupId).not.toBe(first?.groupId);
    expect(tracker.groups.counts()).toMatchObject({ errors: 3, inGroups: 3, groups: 2 });
  });

  it.each([undefined, null, 'text', 7, 10n, Symbol('s'), () => 1, Object.create(null), new Proxy({}, {})])(
    'takes %o, whatever was thrown',
    (thrown) => {
      const { tracker, problems } = tracked();
      expect(tracker.capture(thrown)).toBeDefined();
      expect(tracker.groups.counts().errors).toBe(1);
      expect(problems).toEqual([]);
    },
  );

  it('keeps no secret of a message, a property, the context or a breadcrumb', () => {
    const { tracker, newest } = tracked();
    const key = 'postgres://shop:hunter2@db:5432/shop';
    tracker.addBreadcrumb('query', `connecting to ${key}`, { password: 'hunter2', url: key });
    const error = Object.assign(new Error(`cannot reach ${key}`, { cause: new Error(`at ${key}`) }), {
      token: 'hunter2',
      url: key,
    });
    tracker.capture(error, { context: { authorization: 'hunter2', url: key } });
    expect(newest()?.count).toBe(1);
    expect(JSON.stringify(newest())).not.toContain('hunter2');
  });

  it('goes by the category and the fingerprint that it is told', () => {
    const { tracker, newest } = tracked();
    const first = tracker.capture(new Error('a'), { category: 'business_logic', fingerprint: ['stock'] });
    const second = tracker.capture(new TypeError('b'), { fingerprint: ['stock'] });
    expect(second?.groupId).toBe(first?.groupId);
    expect(first?.category).toBe('business_logic');
    expect(newest()?.count).toBe(2);
  });

  it('groups by the fingerprint of the configuration, and as ever where that throws', () => {
    const { tracker, problems } = tracked({
      fingerprint: ({ error }) => {
        if (error.type === 'TypeError') throw new Error('a broken fingerprint');
        return ['one for all'];
      },
    });
    const ids = [new Error('a'), new RangeError('b'), new TypeError('c')].map(
      (error) => tracker.capture(error)?.groupId,
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(problems).toEqual(['a broken fingerprint']);
  });
});

describe('what was captured already', () => {
  it('is not captured again on its way through spans, the request, a log line and a call', () => {
    const { tracker } = tracked({}, { currentTrace: () => traceOf('a') });
    const error = soldOut(1);
    const receipt = tracker.tell(error, { source: 'span', handled: false });
    expect(tracker.tell(error, { source: 'request', handled: false, trace: traceOf('a'), request: { id: 'r1' } })).toBe(
      receipt,
    );
    expect(tracker.capture(error)).toBe(receipt);
    expect(tracker.groups.counts().errors).toBe(1);
  });

  it('has happened anew in another trace, in another request, or later', () => {
    const { host, tracker } = tracked();
    const error = soldOut(1);
    tracker.capture(error);
    tracker.capture(error);
    host.advance(1001);
    tracker.capture(error);
    for (const digit of ['a', 'b', 'b']) tracker.tell(error, { source: 'span', trace: traceOf(digit) });
    for (const id of ['r1', 'r2', 'r2']) tracker.capture(error, { request: { id } });
    // The first of the traces, and the first of the requests, come within a second.
    expect(tracker.groups.counts().errors).toBe(4);
  });
});

describe('what nobody catches', () => {
  it('is captured as what it is, and changes nothing', () => {
    const { host, tracker, newest } = tracked();
    host.throwUncaught(soldOut(1), 'uncaughtException');
    expect(newest()).toMatchObject({
      severity: 'critical',
      events: [{ source: 'uncaughtException', isHandled: false }],
    });
    host.throwUncaught(soldOut(2), 'unhandledRejection');
    expect(tracker.groups.counts().errors).toBe(2);
  });

  it('is left alone where that is not wanted, and after stop', async () => {
    const silent = tracked({ uncaught: false });
    silent.host.throwUncaught(soldOut(1), 'uncaughtException');
    expect(silent.tracker.groups.counts().errors).toBe(0);
    const stopped = tracked();
    await stopped.tracker.stop();
    await stopped.tracker.stop();
    stopped.host.throwUncaught(soldOut(1), 'uncaughtException');
    expect(stopped.tracker.groups.counts().errors).toBe(0);
    expect(stopped.host.timerCount).toBe(0);
  });
});

it('shows the code that an error comes from', async () => {
  const { tracker, newest } = tracked();
  tracker.capture(soldOut(1));
  const [innermost] = await tracker.explain(newest()?.events[0]?.error ?? { frames: [] });
  expect(innermost?.frame).toMatchObject({
    functionName: 'soldOut',
    file: 'tests/unit/runtime/errors/errorTracker.test.ts',
  });
  expect(innermost?.code?.line).toBe(
    "  return Object.assign(new Error(`no stock of ${sku}`), { code: 'SOLD_OUT', sku });",
  );
  expect(innermost?.code?.before.at(-1)).toBe('function soldOut(sku: number): Error {');
});

it('counts errors by category, severity and whether they were handled', () => {
  const { tracker } = tracked();
  tracker.capture(soldOut(1), { category: 'business_logic' });
  tracker.capture(soldOut(2), { category: 'business_logic' });
  tracker.capture(soldOut(3), { category: 'business_logic', handled: false });
  const totals = tracker.totals();
  expect(totals.map(({ category, isHandled, errors }) => [category, isHandled, errors])).toEqual([
    ['business_logic', true, 2],
    ['business_logic', false, 1],
  ]);
});

it('names every option that is wrong', () => {
  const wrong: unknown = { maxGroups: 0, release: '', maxBreadcrumbs: 'many', categoryRules: 3, fingerprints: [] };
  expect(() => new ErrorTracker(wrong as ErrorTrackerOptions, { host: new FakeHost() })).toThrow(ConfigurationError);
  try {
    new ErrorTracker(wrong as ErrorTrackerOptions, { host: new FakeHost() });
  } catch (error) {
    const problems = error instanceof ConfigurationError ? error.problems.map(({ option }) => option) : [];
    expect(problems.toSorted()).toEqual(['categoryRules', 'fingerprints', 'maxBreadcrumbs', 'maxGroups', 'release']);
  }
});
