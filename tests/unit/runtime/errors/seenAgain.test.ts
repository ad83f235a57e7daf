import { describe, expect, it } from 'vitest';
import { traceOf, tracked } from './support/trackerFixture.ts';

const WITHIN_MILLIS = 1000;

it.each([
  ['once', WITHIN_MILLIS, 1],
  ['twice', WITHIN_MILLIS + 1, 2],
])('an error that comes again outside of traces and requests counts %s after %d ms', (_, millis, count) => {
  const { host, tracker } = tracked();
  const error = new Error('sold out');
  tracker.capture(error);
  host.advance(millis);
  tracker.capture(error);
  expect(tracker.groups.counts().errors).toBe(count);
});

it.each([101, 1000])('one object that fails %d requests at once is one error of each, whoever tells it', (count) => {
  const { tracker, newest } = tracked({ maxTimeShare: 1 });
  const error = new Error('connection lost');
  const requests = Array.from({ length: count }, (_, index) => ({
    trace: { ...traceOf('a'), traceId: String(index).padStart(32, '0') },
    request: { id: `r${index}` },
  }));
  for (const source of ['span', 'request'] as const)
    for (const request of requests) tracker.tell(error, { source, handled: false, ...request });
  expect(newest()?.count).toBe(count);
});

it('an object is remembered in the last twenty thousand places, and not in all', () => {
  const { host, tracker } = tracked({ maxTimeShare: 1 });
  const error = new Error('connection lost');
  const counts = (...ids: readonly number[]): number => {
    const before = tracker.groups.counts().errors;
    for (const id of ids) tracker.tell(error, { source: 'span', request: { id: `r${id}` } });
    return tracker.groups.counts().errors - before;
  };
  const from = (first: number): readonly number[] => Array.from({ length: 20_000 }, (_, index) => first + index);
  expect([counts(...from(0)), counts(...from(0)), counts(...from(20_000))]).toEqual([20_000, 0, 20_000]);
  host.advance(WITHIN_MILLIS + 1);
  expect([counts(...from(20_000)), counts(...from(40_000)), counts(0)]).toEqual([0, 20_000, 1]);
}, 10_000);

describe('requests of one trace', () => {
  const trace = traceOf('a');
  const told = { source: 'request', handled: false, trace } as const;

  it('that fail with one object are an error each', () => {
    const { host, tracker } = tracked();
    const error = new Error('cached');
    tracker.tell(error, { ...told, request: { id: 'r1' } });
    host.advance(60_000);
    tracker.tell(error, { ...told, request: { id: 'r2' } });
    expect(tracker.groups.counts().errors).toBe(2);
  });

  it.each([
    ['with a trace', { trace }],
    ['without one', {}],
  ])('that are parts of each other are one error, which goes from one to the next: %s', (_, where) => {
    const { host, tracker } = tracked();
    const error = new Error('sold out');
    const requests = [{ id: 'r3', parentId: 'r2' }, { id: 'r2', parentId: 'r1' }, { id: 'r1' }];
    for (let time = 0; time < 2; time += 1)
      for (const request of requests) {
        tracker.tell(error, { source: 'request', handled: false, request, ...where });
        host.advance(WITHIN_MILLIS + 1);
      }
    expect(tracker.groups.counts().errors).toBe(1);
    // Another part of the same has failed anew.
    tracker.tell(error, { ...told, ...where, request: { id: 'r4', parentId: 'r1' } });
    tracker.tell(error, { ...told, ...where, request: { id: 'r1' } });
    expect(tracker.groups.counts().errors).toBe(2);
  });
});

it('one object that fails many requests is one error of each and of the one that it is a part of', () => {
  const { tracker } = tracked();
  const error = new Error('connection lost');
  const ids = Array.from({ length: 10 }, (_, index) => index);
  const parts = ids.map((id) => ({ id: `part${id}`, parentId: `whole${id}` }));
  for (const request of [...parts, ...ids.map((id) => ({ id: `whole${id}` })), ...parts])
    tracker.tell(error, { source: 'request', request });
  expect(tracker.groups.counts().errors).toBe(10);
});

it('an error that was in no request goes on from the one that it is seen in next to the one that this is a part of', () => {
  const { host, tracker } = tracked();
  const error = new Error('sold out');
  tracker.capture(error);
  for (const request of [{ id: 'r2', parentId: 'r1' }, { id: 'r1' }]) {
    tracker.tell(error, { source: 'request', request });
    host.advance(WITHIN_MILLIS + 1);
  }
  expect(tracker.groups.counts().errors).toBe(1);
});

it('an error stays one of its trace where its request goes on in another', () => {
  const { tracker, event } = tracked();
  const error = new Error('sold out');
  for (const digit of ['a', 'b']) tracker.capture(error, { request: { id: 'r1' }, trace: traceOf(digit) } as object);
  expect([tracker.groups.counts().errors, event()?.traceId]).toEqual([1, 'a'.repeat(32)]);
});

it('an error is looked at once more for its trace, and not for each span that it leaves', () => {
  let judged = 0;
  const when = (): boolean => (judged += 1) < 0;
  const { tracker } = tracked({ severityRules: [{ severity: 'low', when }] });
  const error = new Error('sold out');
  const told = { source: 'span', handled: false } as const;
  tracker.tell(error, told);
  for (let time = 0; time < 3; time += 1) tracker.tell(error, { ...told, trace: traceOf('a') });
  expect(judged).toBe(2);
});

it('a trace that is learnt of an error is that of its event', () => {
  const { tracker, event } = tracked();
  const error = new Error('sold out');
  tracker.tell(error, { source: 'span', handled: false });
  expect(event()).not.toHaveProperty('traceId');
  for (const digit of ['a', 'b']) tracker.tell(error, { source: 'span', handled: false, trace: traceOf(digit, false) });
  expect(
    tracker.groups.query().groups[0]?.events.map(({ traceId, spanId, sampled }) => [traceId, spanId, sampled]),
  ).toEqual([
    ['b'.repeat(32), 'b'.repeat(16), false],
    ['a'.repeat(32), 'a'.repeat(16), false],
  ]);
});

it('requests whose IDs are no texts, or long ones, do no harm', () => {
  const { tracker, problems } = tracked();
  const error = new Error('sold out');
  const ids = [
    Symbol('a'),
    {
      toString: () => {
        throw new Error('no text');
      },
    },
    'x'.repeat(1e6),
    '\ud800',
    '__proto__',
  ];
  for (const id of ids)
    for (let time = 0; time < 2; time += 1)
      tracker.tell(error, { source: 'request', request: { id: id as string, parentId: id as string } });
  expect([tracker.groups.counts().errors, problems]).toEqual([3, []]);
});

it('an error is the same in its trace and in its request, however long it takes', () => {
  const { host, tracker } = tracked();
  const inTrace = new Error('sold out');
  const inRequest = new Error('sold out');
  for (let time = 0; time < 2; time += 1) {
    tracker.tell(inTrace, { source: 'span', trace: traceOf('a') });
    tracker.tell(inRequest, { source: 'request', request: { id: 'r1' } });
    host.advance(WITHIN_MILLIS + 1);
  }
  expect(tracker.groups.counts().errors).toBe(2);
});

it.each([
  ['trace', { trace: traceOf('a') }, { trace: traceOf('b') }],
  ['request', { request: { id: 'r1' } }, { request: { id: 'r2' } }],
])('an error of one %s has happened anew in another one, at once', (_, first, second) => {
  const { tracker } = tracked();
  const error = new Error('sold out');
  tracker.tell(error, { source: 'span', ...first });
  tracker.tell(error, { source: 'span', ...second });
  expect(tracker.groups.counts().errors).toBe(2);
});

it.each([
  ['trace', { trace: traceOf('a') }, { trace: traceOf('b') }],
  ['request', { request: { id: 'r1' } }, { request: { id: 'r2' } }],
])('an error that was in no %s belongs to the one that it is seen in next', (_, next, other) => {
  const { host, tracker } = tracked();
  const error = new Error('sold out');
  tracker.capture(error);
  tracker.tell(error, { source: 'span', ...next });
  host.advance(WITHIN_MILLIS + 1);
  tracker.tell(error, { source: 'span', ...next });
  expect(tracker.groups.counts().errors).toBe(1);
  tracker.tell(error, { source: 'span', ...other });
  expect(tracker.groups.counts().errors).toBe(2);
});

it.each([
  ['a function', () => 'thrown', 1],
  ['an object', {}, 1],
  ['a text', 'thrown', 2],
  ['nothing', undefined, 2],
  ['null', null, 2],
])('of %s that is thrown twice are counted as many as can be told apart', (_, thrown, count) => {
  const { tracker } = tracked();
  tracker.capture(thrown);
  tracker.capture(thrown);
  expect(tracker.groups.counts().errors).toBe(count);
});
