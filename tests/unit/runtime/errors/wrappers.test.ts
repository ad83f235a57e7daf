import { describe, expect, it } from 'vitest';
import type { ToldError } from '../../../../runtime/src/errors/toldError.ts';
import { traceOf, tracked } from './support/trackerFixture.ts';

const IN_SPAN: ToldError = { source: 'span', handled: false };

/** A tracker in one trace, and what its groups show, the newest first. */
function traced() {
  const fixture = tracked({}, { currentTrace: () => traceOf('a') });
  const shown = () =>
    fixture.tracker.groups
      .query()
      .groups.map(({ count, severity, events }) => [count, severity, ...events.map(({ error }) => error.message)]);
  return { ...fixture, shown };
}

describe('of two errors that wrap one which was captured', () => {
  it('the second is an error of its own, and takes nothing from the first', () => {
    const { tracker, shown } = traced();
    const cause = new Error('socket hang up');
    tracker.tell(cause, IN_SPAN);
    tracker.tell(new TypeError('order lost', { cause }), { source: 'request', handled: false });
    tracker.capture(new RangeError('mail later', { cause }), { category: 'validation', fingerprint: ['mail'] });
    expect(shown()).toEqual([
      [1, 'low', 'mail later'],
      [1, 'high', 'order lost'],
    ]);
  });

  it('the outer one takes the place of the inner one, which wraps what both do', () => {
    const { tracker, shown } = traced();
    const cause = new Error('socket hang up');
    const inner = new TypeError('order lost', { cause });
    for (const error of [cause, inner, new RangeError('no orders', { cause: inner }), inner, cause])
      tracker.tell(error, IN_SPAN);
    expect(shown()).toEqual([[1, 'high', 'no orders']]);
  });
});

it('errors that are given to capture one by one are as many, though each is the cause of the next', () => {
  const { tracker } = traced();
  let last: Error | undefined;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    last = new Error('attempt failed', { cause: last });
    tracker.capture(last);
  }
  expect(tracker.groups.counts().errors).toBe(5);
  // What a span records of them on their way out is none.
  tracker.tell(new Error('gave up', { cause: last }), IN_SPAN);
  expect(tracker.groups.counts().errors).toBe(5);
});

it('an error that is given to capture after a span has recorded it gives way to no other such', () => {
  const { tracker } = traced();
  const cause = new Error('socket hang up');
  tracker.tell(cause, IN_SPAN);
  tracker.capture(cause);
  tracker.capture(new Error('order lost', { cause }));
  expect(tracker.groups.counts().errors).toBe(2);
});

it('an error that a span has recorded gives way to one that wraps it and is given to capture', () => {
  const { tracker, shown } = traced();
  const cause = new Error('socket hang up');
  tracker.tell(cause, IN_SPAN);
  tracker.capture(new Error('order lost', { cause }));
  expect(shown()).toEqual([[1, 'medium', 'order lost']]);
});

describe('an error that is made of others', () => {
  const several = (count: number): readonly Error[] =>
    Array.from({ length: count }, (_, index) => new Error(`${'abcdefghijklm'[index] ?? ''} failed`));

  it('takes the place of the first of them that was captured, and is no other one', () => {
    const { tracker, newest, event } = traced();
    const errors = several(3);
    for (const error of errors.slice(1)) tracker.tell(error, { ...IN_SPAN, fingerprint: [error.message] });
    const all = new AggregateError(errors, 'all failed');
    tracker.tell(all, { source: 'request', handled: false });
    tracker.tell(all, IN_SPAN);
    tracker.tell(new Error('no orders', { cause: all }), IN_SPAN);
    expect(tracker.groups.counts().errors).toBe(2);
    const shown = tracker.groups.query().groups.map(({ events }) => events[0]?.error.message);
    expect(shown).toEqual(['c failed', 'no orders']);
    expect([newest()?.count, event()?.error.errors]).toEqual([1, []]);
  });

  it.each([
    [10, 1],
    [11, 2],
  ])('is looked at for the first ten: where it is number %d, there are %d', (number, count) => {
    const { tracker } = traced();
    const errors = several(number);
    tracker.tell(errors.at(-1), IN_SPAN);
    tracker.tell(new AggregateError(errors, 'all failed'), IN_SPAN);
    expect(tracker.groups.counts().errors).toBe(count);
  });

  it('is asked for them without running code of its own', () => {
    const { tracker, problems } = traced();
    const thrower = (): never => {
      throw new Error('code of an error was run');
    };
    const handler = { get: thrower, getOwnPropertyDescriptor: thrower, has: thrower, ownKeys: thrower };
    const hidden: unknown[] = [];
    Object.defineProperty(hidden, 0, { get: thrower });
    for (const errors of [new Proxy([], handler), hidden, ['a text', null], { length: 2 }, undefined])
      tracker.tell(Object.assign(new Error('all failed'), { errors }), IN_SPAN);
    tracker.tell(Object.defineProperty(new Error('all failed'), 'errors', { get: thrower }), IN_SPAN);
    expect([tracker.groups.counts().errors, problems]).toEqual([6, []]);
  });
});
