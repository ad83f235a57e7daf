import { expect, it } from 'vitest';
import { CaptureBudget } from '../../../../runtime/src/errors/captureBudget.ts';
import { ErrorTracker } from '../../../../runtime/src/errors/errorTracker.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

it('gives a share of the time, and a second of it at once', () => {
  const host = new FakeHost();
  const budget = new CaptureBudget(0.2, host);
  const work = (millis: number) => budget.spend(() => (host.advance(millis), 'done'));
  expect([work(150), work(100), work(1)]).toEqual(['done', 'done', undefined]);
  host.advance(100);
  // A fifth of the time that passes is earned while work goes on, too; what was taken too much is paid back.
  expect(work(1)).toBe('done');
  host.advance(60_000);
  expect([work(260), work(1)]).toEqual(['done', undefined]);
});

it.each([
  [10.05, 'done'],
  [10.2, undefined],
])('has no more than a second of it at once: after %d of ten milliseconds comes %s', (millis, expected) => {
  const host = new FakeHost();
  const budget = new CaptureBudget(0.01, host);
  host.advance(60_000);
  budget.spend(() => host.advance(millis));
  // A hundredth of what it took was earned meanwhile.
  expect(budget.spend(() => 'done')).toBe(expected);
});

it('counts the time of work that throws', () => {
  const host = new FakeHost();
  const budget = new CaptureBudget(0.01, host);
  const fail = () =>
    budget.spend(() => {
      host.advance(20);
      throw new Error('broken');
    });
  expect(fail).toThrow('broken');
  expect(fail()).toBeUndefined();
});

/** A tracker that takes eleven milliseconds for each error that it looks at, and may take ten of a second. */
function slowTracker() {
  const host = new FakeHost();
  const tracker = new ErrorTracker(
    { maxTimeShare: 0.01, fingerprint: () => (host.advance(11), undefined) },
    { host, workingDirectory: '/', currentTrace: () => undefined },
  );
  return { host, tracker };
}

class StockError extends Error {
  override readonly name = 'StockError';
  readonly code = 'USED_UP';
}

it('leaves errors that there is no time for out of groups, and counts them by class and code', () => {
  const { tracker } = slowTracker();
  expect(tracker.capture(new StockError('a'))).toBeDefined();
  expect(tracker.capture(new StockError('b'))).toBeUndefined();
  tracker.capture('a text');
  tracker.capture(Object.assign(new RangeError('c'), { code: 'card 4111 1111 1111 1111' }));
  const seenTwice = new StockError('d');
  tracker.capture(seenTwice);
  tracker.capture(seenTwice);
  expect(tracker.groups.counts()).toMatchObject({ errors: 5, inGroups: 1, ungrouped: { shed: 4, refused: 0 } });
  // What does not look like a code is none: it may be a secret.
  expect(tracker.groups.counts().ungroupedBy).toEqual([
    { type: 'StockError', code: 'USED_UP', count: 2 },
    { type: 'string', count: 1 },
    { type: 'RangeError', count: 1 },
  ]);
});

it.each([
  ['a'.repeat(50), 'a'.repeat(50)],
  ['a'.repeat(51), undefined],
  ['USED_UP\nhunter2', undefined],
  ['', undefined],
  [7, undefined],
])('of an error that there is no time for, the code %j is told as %j', (code, told) => {
  const { tracker } = slowTracker();
  tracker.capture(new StockError('a'));
  tracker.capture(Object.assign(new Error('b'), { code }));
  expect(tracker.groups.counts().ungroupedBy).toEqual([
    { type: 'Error', ...(told !== undefined && { code: told }), count: 1 },
  ]);
});

it('runs no trap of a Proxy that there is no time for', () => {
  const { tracker } = slowTracker();
  tracker.capture(new StockError('a'));
  const trap = (): never => {
    throw new Error('a trap');
  };
  tracker.capture(new Proxy({}, { getOwnPropertyDescriptor: trap, get: trap, getPrototypeOf: trap }));
  expect(tracker.groups.counts().ungroupedBy).toEqual([{ type: 'object', count: 1 }]);
});

it.each(['uncaughtException', 'unhandledRejection'] as const)('looks at an %s, whatever time there is', (origin) => {
  const { host, tracker } = slowTracker();
  tracker.capture(new StockError('a'));
  host.throwUncaught(new StockError('b'), origin);
  expect(tracker.groups.counts()).toMatchObject({ errors: 2, inGroups: 2 });
});

it('has no more time than for others for rejections that end nothing', () => {
  const { host, tracker } = slowTracker();
  tracker.capture(new StockError('a'));
  host.rejectAndSurvive(new StockError('b'));
  expect(tracker.groups.counts()).toMatchObject({ errors: 2, inGroups: 1, ungrouped: { shed: 1 } });
});
