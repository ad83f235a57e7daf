import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { withSpan } from '../../../../../runtime/src/tracing/spans/withSpan.ts';
import { activeName, SpanRecorder, turn } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;
let unhandled: unknown[];
let former: NodeJS.UnhandledRejectionListener[];
const keep = (reason: unknown): void => {
  unhandled.push(reason);
};

// Vitest fails at what nobody handles; here that is what is looked for.
beforeEach(() => {
  recorder = new SpanRecorder();
  unhandled = [];
  former = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', keep);
});

afterEach(() => {
  recorder.stop();
  process.removeAllListeners('unhandledRejection');
  for (const listener of former) process.on('unhandledRejection', listener);
});

describe('traced(fn) whose fn returns a promise', () => {
  it('returns that very promise, and ends the span when it is settled', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const fn = traced('fn', () => promise);
    expect(fn()).toBe(promise);
    expect(withSpan('work', () => promise)).toBe(promise);
    await turn();
    expect(recorder.ended).toEqual([]);
    resolve('done');
    await expect(promise).resolves.toBe('done');
    expect(recorder.names).toEqual(['fn', 'work']);
  });

  it('fails the span when the promise is rejected, with whatever that is', async () => {
    const error = new RangeError('too far');
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever that is
    const fn = traced('fn', (reason: unknown) => Promise.reject(reason));
    await expect(fn(error)).rejects.toBe(error);
    await expect(fn(null)).rejects.toBeNull();
    expect(recorder.seen).toMatchObject([{ status: 'ERROR: too far' }, { status: 'ERROR: null' }]);
  });

  it('asks no method of a subclass of Promise', async () => {
    class Lazy extends Promise<number> {
      static asked = 0;
      override then<A, B>(...args: Parameters<Promise<number>['then']>): Promise<A | B> {
        Lazy.asked += 1;
        return super.then(...args) as Promise<A | B>;
      }
    }
    const lazy = new Lazy((resolve) => resolve(1));
    expect(traced('fn', () => lazy)()).toBe(lazy);
    await turn();
    expect(Lazy.asked).toBe(0);
    expect(recorder.names).toEqual(['fn']);
  });

  it('ends the span at once where the promise cannot be followed', () => {
    class Query extends Promise<number> {
      constructor(sql: string) {
        if (typeof sql !== 'string') throw new TypeError('no SQL');
        super((resolve) => resolve(1));
      }
    }
    const query = new Query('SELECT 1');
    expect(traced('fn', () => query)()).toBe(query);
    expect(recorder.names).toEqual(['fn']);
    expect(recorder.problems).toMatchObject([
      ['@tracewright/runtime: a promise could not be followed', { message: 'no SQL' }],
    ]);
  });

  it('returns other thenables untouched and does not start them', async () => {
    let started = 0;
    const thenable = Object.freeze({
      then: (resolve: (value: number) => void) => {
        started += 1;
        resolve(7);
      },
    });
    const fn = traced('fn', () => thenable);
    expect(fn()).toBe(thenable);
    await turn();
    expect([started, recorder.names]).toEqual([0, ['fn']]);
    expect(await fn()).toBe(7);
    expect(started).toBe(1);
  });

  it('looks at no property of an object that is returned', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('a property was read');
        },
        getPrototypeOf: () => {
          throw new Error('the prototype was read');
        },
      },
    );
    expect(traced('fn', () => hostile)() === hostile).toBe(true);
  });
});

describe('traced(async function)', () => {
  it('has a span until the function is done, and is active after every await', async () => {
    const inner = traced('inner', () => Promise.resolve(activeName()));
    const outer = traced('outer', async () => {
      await turn();
      return [activeName(), await inner(), activeName()];
    });
    const [first, second] = await Promise.all([
      outer(),
      traced('beside', async () => {
        await turn();
        await turn();
      })(),
    ]);
    expect(first).toEqual(['outer', 'inner', 'outer']);
    expect(second).toBeUndefined();
    expect(recorder.seen).toEqual([{ name: 'inner', parent: 'outer' }, { name: 'outer' }, { name: 'beside' }]);
  });

  it('rejects with the very error', async () => {
    const error = Object.freeze(new Error('no'));
    await expect(traced(async () => Promise.reject(error))()).rejects.toBe(error);
    expect(recorder.seen).toMatchObject([{ status: 'ERROR: no', events: ['exception'] }]);
  });

  it('leaves a rejection that nobody handles unhandled', async () => {
    const error = new Error('nobody cares');
    const fail = async (): Promise<void> => {
      await Promise.resolve();
      throw error;
    };
    void traced(fail)();
    void withSpan('work', fail);
    await turn();
    expect(unhandled).toEqual([error, error]);
    expect(recorder.seen).toMatchObject([{ status: 'ERROR: nobody cares' }, { status: 'ERROR: nobody cares' }]);
  });

  it('raises no alarm about a rejection that is handled', async () => {
    const fail = async (): Promise<void> => Promise.reject(new Error('handled'));
    await Promise.allSettled([traced(fail)(), withSpan('work', fail), traced(() => fail())()]);
    await turn();
    expect(unhandled).toEqual([]);
  });

  it('keeps the callers in the stack trace of an error', async () => {
    const fail = traced(async function fail() {
      await Promise.resolve();
      throw new Error('deep');
    });
    async function caller(): Promise<void> {
      await fail();
    }
    const error = await caller().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error instanceof Error && error.stack).toMatch(/at (async )?caller /);
  });

  it('knows bound and traced functions for async ones', async () => {
    const fail = async function fail(this: unknown): Promise<void> {
      return Promise.reject(new Error('x'));
    };
    void traced('bound', fail.bind(null))();
    void traced('outer', traced('inner', fail))();
    await turn();
    expect(unhandled).toHaveLength(2);
    expect(recorder.names).toEqual(['bound', 'inner', 'outer']);
  });
});
