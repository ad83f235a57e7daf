import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { activeName, SpanRecorder, turn } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

type Callback = (error: unknown, value?: unknown, more?: unknown) => unknown;

/** Answers later, as often as it is told to. */
function answer(error: unknown, value: unknown, callback: Callback): string {
  setImmediate(() => callback(error, value, activeName()));
  return 'begun';
}

describe('traced(fn, { callback })', () => {
  it('has a span until the callback is called', async () => {
    const received: unknown[] = [];
    const ask = traced(answer, { callback: 'last' });
    expect(ask(null, 7, (...args) => received.push(...args, activeName()))).toBe('begun');
    expect(recorder.ended).toEqual([]);
    await turn();
    await turn();
    expect(received).toEqual([null, 7, 'answer', undefined]);
    expect(recorder.seen).toEqual([{ name: 'answer' }]);
  });

  it('records the error that the callback is given, and gives it that very one', async () => {
    const error = new Error('no answer');
    let received: unknown;
    traced(answer, { callback: 'last' })(error, undefined, (given) => (received = given));
    await turn();
    await turn();
    expect(received).toBe(error);
    expect(recorder.seen).toMatchObject([{ status: 'ERROR: no answer', events: ['exception'] }]);
  });

  it('calls the callback as often, with the same this, and returns what it returns', () => {
    const calls: unknown[] = [];
    const self = {};
    const each = traced(
      'each',
      (callback: (this: unknown, ...args: unknown[]) => number) => [
        callback.call(self, null, 1),
        callback.call(self, new Error('too late to fail'), 2),
      ],
      { callback: 'last' },
    );
    const results = each(function (...args) {
      calls.push(this === self, args.length);
      return args.length + 40;
    });
    expect(results).toEqual([42, 42]);
    expect(calls).toEqual([true, 2, true, 2]);
    expect(recorder.seen).toEqual([{ name: 'each' }]);
  });

  it('gives the function a callback that looks like the one it was called with', () => {
    const callback = Object.assign(
      function callback(error: unknown, value: unknown) {
        return [error, value];
      },
      { priority: 3 },
    );
    const look = traced('look', (given: typeof callback) => [given.name, given.length, given.priority], {
      callback: 'last',
    });
    expect(look(callback)).toEqual(['callback', 2, 3]);
  });

  it('runs the callback in the context of the caller', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const child = traced('child', () => activeName());
    traced('caller', () => {
      traced(answer, { callback: 'last' })(null, 1, () => {
        resolve(activeName());
        child();
      });
    })();
    expect(await promise).toBe('caller');
    expect(recorder.seen.map(({ name, parent }) => [name, parent])).toEqual([
      ['caller', undefined],
      ['answer', 'caller'],
      ['child', 'caller'],
    ]);
  });

  it('takes the callback at an index', async () => {
    const ask = traced('ask', (callback: Callback, value: number) => setImmediate(() => callback(null, value)), {
      callback: 0,
      result: (value) => ({ kind: typeof value }),
    });
    const value = await new Promise((resolve) => ask((_error, given) => resolve(given), 5));
    expect(value).toBe(5);
    expect(recorder.seen).toEqual([{ name: 'ask', attributes: { kind: 'number' } }]);
  });

  it('traces a call without a callback like any other', async () => {
    const both = traced(
      'both',
      (value: number, callback?: Callback) => Promise.resolve(callback?.(null, value) ?? value),
      {
        callback: 'last',
      },
    );
    expect(await both(1)).toBe(1);
    expect(recorder.names).toEqual(['both']);
    expect(traced('none', () => 1, { callback: 'last' })()).toBe(1);
  });

  it('ends the span where the function throws, and lets the callback be called nevertheless', () => {
    const error = new Error('thrown');
    const calls: (() => unknown)[] = [];
    const broken = traced(
      'broken',
      (callback: Callback) => {
        calls.push(() => callback(null, 1));
        throw error;
      },
      { callback: 'last' },
    );
    expect(() => broken(() => 'called')).toThrow(error);
    const [late] = calls;
    expect(late?.()).toBe('called');
    expect(recorder.seen).toMatchObject([{ name: 'broken', status: 'ERROR: thrown' }]);
    expect(recorder.problems).toEqual([]);
  });

  it('lets what the callback throws through to where it is called', () => {
    const error = new Error('in the callback');
    const call = traced('call', (callback: Callback) => callback(null), { callback: 'last' });
    expect(() =>
      call(() => {
        throw error;
      }),
    ).toThrow(error);
    expect(recorder.seen).toEqual([{ name: 'call' }]);
  });
});
