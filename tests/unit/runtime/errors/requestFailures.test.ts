import { expect, it } from 'vitest';
import type { TraceContext } from '../../../../runtime/src/core/currentTraceContext.ts';
import type { ToldError } from '../../../../runtime/src/errors/toldError.ts';
import { RequestFailedError } from '../../../../runtime/src/errors/requestFailedError.ts';
import { traceOf, tracked } from './support/trackerFixture.ts';

const MOST_REQUESTS = 2000;
const AT_ONCE_MILLIS = 20;

/** That a request failed, and nothing else. */
function failed(id: string, trace: TraceContext | undefined = traceOf('a')): readonly [RequestFailedError, ToldError] {
  const error = new RequestFailedError('POST /orders', '500');
  const request = { id, operation: 'POST /orders', userId: 'ada', status: 500 };
  return [error, { source: 'request', handled: false, request, trace, isSummary: true }];
}

const IN_REQUEST = { request: { id: 'r1', operation: 'POST /orders' }, trace: traceOf('a') };

/** What the groups show, the newest first. */
function shownBy({ tracker }: ReturnType<typeof tracked>) {
  return tracker.groups
    .query()
    .groups.map(({ severity, events: [event] }) => [event?.error.message, severity, event?.isHandled, event?.request]);
}

it('is captured where nothing else of the request was', () => {
  const { tracker } = tracked();
  tracker.tell(new Error('of another request'), { source: 'span', request: { id: 'r2' }, trace: traceOf('a') });
  tracker.tell(...failed('r1'));
  expect(tracker.groups.counts().errors).toBe(2);
});

it('is an error of its own where all that was seen before was dealt with, which is left alone', () => {
  const fixture = tracked();
  const { host, tracker } = fixture;
  tracker.tell(new Error('cache is down, going on'), { source: 'log', ...IN_REQUEST });
  host.advance(AT_ONCE_MILLIS + 1);
  tracker.tell(...failed('r1'));
  expect(shownBy(fixture)).toEqual([
    ['POST /orders failed: 500', 'high', false, { id: 'r1', operation: 'POST /orders', userId: 'ada', status: 500 }],
    ['cache is down, going on', 'medium', true, { id: 'r1', operation: 'POST /orders' }],
  ]);
});

it.each(['call', 'log'] as const)(
  'is that of a handler of errors which tells it by a %s and answers at once',
  (source) => {
    const fixture = tracked();
    const { host, tracker } = fixture;
    const error = new TypeError('sold out');
    tracker.tell(error, { source: 'span', handled: false, ...IN_REQUEST });
    tracker.capture(new Error('cache is down, going on'), { ...IN_REQUEST, fingerprint: ['cache'] });
    host.advance(5000);
    const receipt = tracker.tell(error, { source, handled: true, ...IN_REQUEST });
    host.advance(AT_ONCE_MILLIS);
    expect(tracker.tell(...failed('r1'))).toEqual(receipt);
    expect(shownBy(fixture)).toEqual([
      ['cache is down, going on', 'medium', true, { id: 'r1', operation: 'POST /orders' }],
      ['sold out', 'high', false, { id: 'r1', operation: 'POST /orders', status: 500 }],
    ]);
  },
);

it('is that of a handler of errors, however long it took to look at its error', () => {
  const fixture = tracked({ fingerprint: () => (fixture.host.advance(1000), undefined) });
  fixture.tracker.tell(new TypeError('sold out'), { source: 'log', ...IN_REQUEST });
  fixture.tracker.tell(...failed('r1'));
  expect(fixture.tracker.groups.counts().errors).toBe(1);
});

it('is the last error of its request that nobody dealt with, whatever was dealt with after it', () => {
  const fixture = tracked();
  const { host, tracker } = fixture;
  const errors = ['a', 'b', 'c'].map((message) => new Error(message));
  for (const [index, error] of errors.entries())
    tracker.tell(error, { source: 'span', handled: index === 2, fingerprint: [error.message], ...IN_REQUEST });
  host.advance(60_000);
  tracker.tell(...failed('r1'));
  expect(shownBy(fixture).map(([message, , isHandled, request]) => [message, isHandled, request])).toEqual([
    ['c', true, IN_REQUEST.request],
    ['b', false, { ...IN_REQUEST.request, status: 500 }],
    ['a', false, IN_REQUEST.request],
  ]);
});

it('is one with the error of a request that is a part of it', () => {
  const fixture = tracked();
  const { host, tracker } = fixture;
  const request = { id: 'r2', parentId: 'r1' };
  tracker.tell(new Error('sold out'), { source: 'request', handled: false, request, trace: traceOf('a') });
  host.advance(60_000);
  tracker.tell(...failed('r1'));
  expect(shownBy(fixture)).toEqual([['sold out', 'high', false, { id: 'r2', status: 500 }]]);
});

it('does not give its request to an error of its trace that was seen in none', () => {
  const fixture = tracked();
  fixture.tracker.tell(new Error('sold out'), { source: 'span', handled: false, trace: traceOf('a') });
  fixture.tracker.tell(...failed('r2'));
  expect(shownBy(fixture)).toEqual([['sold out', 'high', false, { status: 500 }]]);
});

it.each([
  ['one other request', ['r1'], 'r2'],
  ['several requests', ['r2', 'r1'], 'r2'],
])('is captured where %s of its trace is known, and the error was seen in none', (_, requests, id) => {
  const { host, tracker } = tracked();
  tracker.tell(new Error('sold out'), { source: 'span', handled: false, trace: traceOf('a') });
  for (const request of requests)
    tracker.tell(new Error('sold out'), { source: 'log', request: { id: request }, trace: traceOf('a') });
  host.advance(60_000);
  tracker.tell(...failed(id));
  expect(tracker.groups.counts().errors).toBe(requests.length + 2);
});

it('is looked for among the last ten errors of its request', () => {
  const { host, tracker } = tracked();
  const tell = (count: number): void => {
    for (let index = 0; index < count; index += 1) tracker.tell(new Error('retried'), { source: 'log', ...IN_REQUEST });
    host.advance(60_000);
  };
  const error = new Error('sold out');
  tracker.tell(error, { source: 'span', handled: false, ...IN_REQUEST });
  tell(8);
  const retried = new Error('retried');
  for (let time = 0; time < 5; time += 1) tracker.tell(retried, { source: 'log', ...IN_REQUEST });
  host.advance(60_000);
  tracker.tell(...failed('r1'));
  expect(tracker.groups.counts().errors).toBe(10);
  tell(1);
  tracker.tell(...failed('r1'));
  expect(tracker.groups.counts().errors).toBe(12);
});

it.each<[string, Omit<ToldError, 'source'>]>([
  ['its request', { request: { id: 'r1' } }],
  ['its trace, outside of any request', { trace: traceOf('a') }],
])('is not captured where an error of %s was, and leads to its group', (_, where) => {
  const { tracker } = tracked();
  const receipt = tracker.tell(new Error('sold out'), { source: 'span', ...where });
  expect(tracker.tell(...failed('r1'))).toBe(receipt);
  expect(tracker.groups.counts().errors).toBe(1);
});

it('is captured where the error was that of another request in the same trace', () => {
  const { tracker } = tracked();
  tracker.tell(...failed('r1'));
  tracker.tell(...failed('r2'));
  expect(tracker.groups.counts().errors).toBe(2);
});

it('is captured again after the errors of four thousand other requests, and not after those of two thousand', () => {
  const { tracker } = tracked({ maxTimeShare: 1 });
  const seen = (from: number, to: number): void => {
    for (let id = from; id < to; id += 1) tracker.tell('lost', { source: 'span', request: { id: `r${id}` } });
  };
  seen(0, MOST_REQUESTS);
  tracker.tell(...failed('r0', traceOf('b')));
  expect(tracker.groups.counts().errors).toBe(MOST_REQUESTS);
  seen(MOST_REQUESTS, 3 * MOST_REQUESTS);
  tracker.tell(...failed('r0', traceOf('b')));
  expect(tracker.groups.counts().errors).toBe(3 * MOST_REQUESTS + 1);
});
