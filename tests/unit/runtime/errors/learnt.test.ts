import { describe, expect, it } from 'vitest';
import type { ErrorGroupSnapshot } from '../../../../runtime/src/errors/errorGroupSnapshot.ts';
import type { ToldError } from '../../../../runtime/src/errors/toldError.ts';
import { RequestFailedError } from '../../../../runtime/src/errors/requestFailedError.ts';
import { traceOf, tracked } from './support/trackerFixture.ts';

const IN_SPAN: ToldError = { source: 'span', handled: false, trace: traceOf('a') };

function lost(message = 'connection lost', options?: ErrorOptions): Error {
  return Object.assign(new Error(message, options), { code: 'ECONNRESET' });
}

describe('what the application says of an error that a span has recorded', () => {
  it('is added to its event and to its group', () => {
    const { tracker, newest, event } = tracked({}, { currentTrace: () => traceOf('a') });
    const error = lost();
    const receipt = tracker.tell(error, { ...IN_SPAN, request: { id: 'r1', operation: 'POST /orders' } });
    expect(newest()).toMatchObject({ category: 'network', severity: 'high', users: 0 });
    const context = { basket: 3, password: 'hunter2' };
    const given = { context, category: 'external_service', request: { userId: 'ada' } } as const;
    const said = tracker.capture(error, given);
    expect(said).toEqual({ groupId: receipt?.groupId, category: 'external_service' });
    expect(tracker.capture(error)).toBe(said);
    expect(newest()).toMatchObject({ count: 1, category: 'external_service', severity: 'medium', users: 1 });
    expect(event()).toMatchObject({
      source: 'span',
      isHandled: true,
      request: { id: 'r1', operation: 'POST /orders', userId: 'ada' },
      context: { basket: 3, password: '[redacted]' },
    });
  });

  it('makes a group better as soon as all of its errors turn out to have been handled, and no sooner', () => {
    const { tracker, newest } = tracked();
    const severities = ['a', 'b', 'c'].flatMap((trace) => {
      const error = lost();
      tracker.tell(error, { ...IN_SPAN, trace: traceOf(trace) });
      const before = newest()?.severity;
      tracker.tell(error, { source: 'log', trace: traceOf(trace) });
      return [before, newest()?.severity];
    });
    expect(severities).toEqual(['high', 'medium', 'high', 'medium', 'high', 'medium']);
    const errors = [lost(), lost()];
    for (const error of errors) tracker.tell(error, IN_SPAN);
    expect(errors.map((error) => (tracker.capture(error), newest()?.severity))).toEqual(['high', 'medium']);
  });

  it('makes a group no better than it is by how often it came', () => {
    const { tracker, newest } = tracked({ highRatePerMinute: 3 });
    const errors = [lost(), lost(), lost()];
    for (const error of errors) tracker.tell(error, IN_SPAN);
    expect(newest()?.severity).toBe('critical');
    for (const error of errors) tracker.capture(error);
    expect(newest()?.severity).toBe('high');
  });

  it.each([
    ['that came back', 0],
    ['that began anew', 5000],
  ])('says nothing of a group %s since', (_, millis) => {
    const { host, tracker, newest } = tracked({ resolvedKeptMillis: 1000 });
    const [first, second] = [lost(), lost()];
    tracker.tell(first, IN_SPAN);
    tracker.groups.resolve(newest()?.id ?? '');
    host.advance(millis);
    tracker.groups.sweep();
    tracker.tell(second, { ...IN_SPAN, trace: traceOf('b') });
    tracker.tell(first, { ...IN_SPAN, source: 'log', handled: true });
    expect(newest()).toMatchObject({ severity: 'high' });
    tracker.tell(second, { source: 'log', handled: true, trace: traceOf('b') });
    expect(newest()?.severity).toBe('medium');
  });

  it('makes a group that came back with it what it is, as nothing else came since', () => {
    const { tracker, newest } = tracked();
    tracker.tell(lost(), IN_SPAN);
    tracker.groups.resolve(newest()?.id ?? '');
    const error = lost();
    tracker.tell(error, { ...IN_SPAN, handled: true, request: { userId: 'ada' }, trace: traceOf('b') });
    expect(newest()).toMatchObject({ severity: 'medium', count: 2 });
    tracker.tell(error, { source: 'call', category: 'validation', trace: traceOf('b') });
    expect(newest()).toMatchObject({ severity: 'low', count: 2, users: 1 });
  });

  it('makes a rule hold that asks whether it was handled, and another one no more', () => {
    const { tracker, newest } = tracked({
      severityRules: [
        { severity: 'critical', when: ({ isHandled }) => !isHandled },
        { severity: 'low', when: ({ isHandled }) => isHandled },
      ],
    });
    const severities = ['a', 'b'].flatMap((trace) => {
      const error = lost();
      tracker.tell(error, { ...IN_SPAN, trace: traceOf(trace) });
      const before = newest()?.severity;
      tracker.tell(error, { source: 'log', trace: traceOf(trace) });
      return [before, newest()?.severity];
    });
    expect(severities).toEqual(['critical', 'low', 'critical', 'low']);
  });

  it('is added where it is all that is new', () => {
    const { tracker, event } = tracked();
    const error = lost();
    tracker.tell(error, IN_SPAN);
    tracker.tell(error, { ...IN_SPAN, source: 'call', context: { basket: 3 } });
    expect(event()).toMatchObject({ isHandled: false, context: { basket: 3 } });
  });

  it('is bounded however often something is added: of its context the newest twenty values stay', () => {
    const { tracker, event } = tracked({}, { currentTrace: () => traceOf('a') });
    const error = lost();
    tracker.capture(error, { context: { first: 0, kept: 0 } });
    for (let time = 1; time <= 30; time += 1) tracker.capture(error, { context: { [`k${time}`]: time, kept: time } });
    const newest = Array.from({ length: 19 }, (_, index) => [`k${index + 12}`, index + 12]);
    expect(event()?.context).toEqual({ ...Object.fromEntries(newest), kept: 30 });
  });

  it('is worth nothing where there was no time to look at the error', () => {
    const fingerprint = (): readonly string[] => {
      host.advance(100);
      return ['lost'];
    };
    const { host, tracker, newest } = tracked({ maxTimeShare: 0.001, fingerprint });
    tracker.capture(lost());
    const error = lost();
    expect(tracker.tell(error, IN_SPAN)).toBeUndefined();
    host.advance(100_000);
    expect(tracker.tell(error, { ...IN_SPAN, source: 'call', category: 'system' })).toBeUndefined();
    expect(tracker.groups.counts()).toMatchObject({ errors: 2, inGroups: 1 });
    expect(newest()).toMatchObject({ category: 'network', severity: 'medium' });
  });
});

it.each<[string, (error: Error) => readonly [unknown, ToldError]]>([
  ['with it', (error) => [error, { source: 'request', handled: false, request: { id: 'r1' } }]],
  [
    'and nobody says with what',
    () => [
      new RequestFailedError('POST /orders', '500'),
      { source: 'request', handled: false, isSummary: true, request: { id: 'r1', status: 500 } },
    ],
  ],
])('an error that was handled is none any more when its request fails %s', (_, failure) => {
  const { tracker, newest, event } = tracked();
  const raised: unknown[] = [];
  tracker.listen({ severityRaised: ({ severity }, before) => raised.push([before, severity]) });
  const error = lost();
  tracker.tell(error, { source: 'log', request: { id: 'r1' } });
  expect(newest()).toMatchObject({ severity: 'medium' });
  tracker.tell(...failure(error));
  expect(newest()).toMatchObject({ count: 1, severity: 'high', message: 'connection lost' });
  expect(event()).toMatchObject({
    source: 'log',
    isHandled: false,
    error: { type: 'Error', message: 'connection lost' },
  });
  expect(raised).toEqual([['medium', 'high']]);
});

describe('an error that wraps one which was captured', () => {
  it('is the same, and shown in its place', () => {
    const { tracker, newest, event } = tracked();
    const inner = lost();
    const receipt = tracker.tell(inner, IN_SPAN);
    const outer = new Error('could not list orders', { cause: new Error('no orders', { cause: inner }) });
    expect(tracker.tell(outer, IN_SPAN)).toBe(receipt);
    expect(tracker.tell(outer, IN_SPAN)).toBe(receipt);
    expect(newest()).toMatchObject({ count: 1, message: 'connection lost' });
    expect(event()?.error).toMatchObject({
      message: 'could not list orders',
      causes: [{}, { message: 'connection lost' }],
    });
  });

  it.each<[string, (error: Error) => object]>([
    ['in another trace', () => ({ trace: traceOf('b') })],
    ['deeper than five causes', () => ({})],
  ])('is another one %s', (where, told) => {
    const { tracker } = tracked();
    const inner = lost();
    tracker.tell(inner, IN_SPAN);
    let outer: Error = inner;
    for (let depth = where.startsWith('in') ? 5 : 0; depth < 6; depth += 1)
      outer = new Error('outer', { cause: outer });
    tracker.tell(outer, { ...IN_SPAN, ...told(outer) });
    expect(tracker.groups.counts().errors).toBe(2);
  });

  it('is asked for its cause without running code of its own', () => {
    const { tracker } = tracked();
    const inner = lost();
    tracker.tell(inner, IN_SPAN);
    const hidden = Object.defineProperty(new Error('hidden'), 'cause', {
      get: () => {
        throw new Error('a getter was run');
      },
    });
    for (const outer of [
      hidden,
      new Proxy(new Error('proxy'), {
        getOwnPropertyDescriptor: () => {
          throw new Error('a trap was run');
        },
      }),
    ])
      tracker.tell(outer, IN_SPAN);
    expect(tracker.groups.counts().errors).toBe(3);
  });
});

it('an object that fails many requests at once is an error of each, however they are mixed', () => {
  const { tracker, newest } = tracked();
  const error = lost();
  const requests = Array.from({ length: 10 }, (_, index) => ({ id: `r${index}` }));
  for (let time = 0; time < 3; time += 1)
    for (const request of requests) tracker.tell(error, { source: 'span', handled: false, request });
  expect((newest() satisfies ErrorGroupSnapshot | undefined)?.count).toBe(10);
});
