import { describe, expect, it } from 'vitest';
import type { RequestSnapshot } from '../../../../../runtime/src/requests/requestSnapshot.ts';
import type { FailOptions } from '../../../../../runtime/src/requests/startRequest.ts';
import { testedTracker } from '../support/trackerFixture.ts';

/** How a request is told to have failed. */
function failureAfter(options: FailOptions) {
  const { tracker } = testedTracker();
  tracker.start({ operation: 'work', id: 'r' }).fail(options);
  expect(tracker.counts()).toMatchObject({ started: 1, failed: 1, unfinished: 0 });
  return tracker.get('r')?.failure;
}

class OutOfStock extends Error {}
class Named extends Error {
  override readonly name = 'NamedError';
}
class ByPrototype extends Error {}
Object.defineProperty(ByPrototype.prototype, 'name', { value: 'PrototypeError' });

describe('the failure of a request', () => {
  it.each<[string, FailOptions, object]>([
    ['of which nothing is said', {}, { reason: 'error' }],
    ['with an error', { error: new TypeError('secret') }, { reason: 'error', type: 'TypeError' }],
    ['with an error of a class without a name', { error: new OutOfStock() }, { reason: 'error', type: 'OutOfStock' }],
    ['with an error that names itself', { error: new Named() }, { reason: 'error', type: 'NamedError' }],
    ['with an error whose class names it', { error: new ByPrototype() }, { reason: 'error', type: 'PrototypeError' }],
    ['with a plain error', { error: new Error('secret') }, { reason: 'error', type: 'Error' }],
    ['with a text', { error: 'secret' }, { reason: 'error', type: 'string' }],
    ['with null', { error: null }, { reason: 'error', type: 'object' }],
    ['with a symbol', { error: Symbol('secret') }, { reason: 'error', type: 'symbol' }],
    ['with an object of no class', { error: Object.create(null) as unknown }, { reason: 'error', type: 'object' }],
    ['with a Proxy', { error: new Proxy(new TypeError(), {}) }, { reason: 'error', type: 'object' }],
    ['with an empty type', { type: '', error: new RangeError() }, { reason: 'error', type: 'RangeError' }],
    ['with a status', { type: '503', error: new RangeError() }, { reason: 'error', type: '503' }],
    ['with a reason', { reason: 'timeout', error: new RangeError() }, { reason: 'timeout', type: 'RangeError' }],
    ['by an AbortSignal', { error: new DOMException('', 'AbortError') }, { reason: 'cancelled', type: 'AbortError' }],
    ['by its timeout', { error: new DOMException('', 'TimeoutError') }, { reason: 'timeout', type: 'TimeoutError' }],
    [
      'by a TimeoutError with a status',
      { type: '504', error: new DOMException('', 'TimeoutError') },
      { reason: 'timeout', type: '504' },
    ],
    ['of a type that is a timeout', { type: 'TimeoutError' }, { reason: 'timeout', type: 'TimeoutError' }],
    ['of the type __proto__', { type: '__proto__' }, { reason: 'error', type: '__proto__' }],
    ['of the type constructor', { type: 'constructor' }, { reason: 'error', type: 'constructor' }],
    [
      'that only looks like a platform error',
      { error: Object.create(DOMException.prototype) as unknown },
      { reason: 'error', type: 'DOMException' },
    ],
  ])('%s', (_, options, expected) => {
    expect(failureAfter(options)).toEqual(expected);
  });

  it('runs no getter of an error', () => {
    let reads = 0;
    const error = new Error();
    Object.defineProperty(error, 'name', {
      get: () => {
        reads += 1;
        return 'TimeoutError';
      },
    });
    expect(failureAfter({ error })).toEqual({ reason: 'error', type: 'Error' });
    expect(reads).toBe(0);
  });

  it.each<[string, unknown, object]>([
    ['an error in the place of options', new RangeError('secret'), { reason: 'error', type: 'RangeError' }],
    ['an error that names itself', new Named(), { reason: 'error', type: 'NamedError' }],
    [
      'an error with a reason of its own',
      Object.assign(new Error(), { reason: 'x' }),
      { reason: 'error', type: 'Error' },
    ],
    ['the error of an AbortSignal', new DOMException('', 'AbortError'), { reason: 'cancelled', type: 'AbortError' }],
    ['a reason that is none', { reason: 'y'.repeat(1000), type: '503' }, { reason: 'error', type: '503' }],
    [
      'a reason that is none, and a timeout',
      { reason: 5, type: 'TimeoutError' },
      { reason: 'error', type: 'TimeoutError' },
    ],
    ["the tracker's own reason", { reason: 'abandoned' }, { reason: 'error' }],
    ['null', null, { reason: 'error' }],
    ['a text', 'secret', { reason: 'error' }],
    ['a number', 503, { reason: 'error' }],
  ])('of callers without types may be %s', (_, given, expected) => {
    expect(failureAfter(given as FailOptions)).toEqual(expected);
  });

  it('cannot be changed by who asks for it, also of a request that was given up', () => {
    const { tracker } = testedTracker({ maxRequests: 2 });
    tracker.start({ operation: 'work', id: 'r' }).fail();
    expect(tracker.get('r')?.failure).toSatisfy(Object.isFrozen);
    const told: RequestSnapshot[] = [];
    tracker.listen({ finished: (request) => told.push(request) });
    for (let number = 0; number < 4; number += 1) tracker.start({ operation: 'work' });
    expect(told.map(({ failure }) => failure)).toEqual([{ reason: 'abandoned' }, { reason: 'abandoned' }]);
    for (const { failure } of told) expect(failure).toSatisfy(Object.isFrozen);
  });

  it('does not throw, nor count twice, for a type that is no text', () => {
    const options: unknown = { type: 503 };
    expect(failureAfter(options as FailOptions)).toEqual({ reason: 'error' });
  });

  it('cuts a long type to 100 characters', () => {
    expect(failureAfter({ type: 'x'.repeat(10_000) })?.type).toBe(`${'x'.repeat(99)}…`);
  });

  it('tells listeners what was thrown, as it was given', () => {
    const { tracker } = testedTracker();
    const told: unknown[] = [];
    tracker.listen({ finished: ({ state }, error) => told.push([state, error]) });
    const error = new RangeError('sold out');
    const misplaced: unknown = error;
    tracker.start({ operation: 'work' }).fail({ error });
    tracker.start({ operation: 'work' }).fail(misplaced as FailOptions);
    tracker.start({ operation: 'work' }).fail({ type: '503' });
    tracker.start({ operation: 'work' }).process().complete();
    expect(told).toEqual([
      ['failed', error],
      ['failed', error],
      ['failed', undefined],
      ['completed', undefined],
    ]);
  });

  it('is cancelled by cancel()', () => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'work', id: 'r' }).cancel();
    expect(tracker.get('r')?.failure).toEqual({ reason: 'cancelled' });
  });
});
