// @spec S4.2
import { describe, expect, it } from 'vitest';
import { createTiming } from '../../../../../runtime/src/performance/metrics/timing.ts';
import { FakeHost, settle } from '../../../../support/fakeHost.ts';

/** A `Time` with its clock, and the durations that were recorded. */
function timing() {
  const host = new FakeHost();
  const recorded: unknown[] = [];
  const histogram = { record: (...args: unknown[]) => void recorded.push(args) };
  return { host, recorded, histogram, time: createTiming(host) };
}

/** What nobody handles of what is rejected. */
async function unhandledWhile(work: () => unknown): Promise<readonly unknown[]> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  const before = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeListener('unhandledRejection', note);
    for (const listener of before) process.on('unhandledRejection', listener);
  }
  return unhandled;
}

describe('time', () => {
  it('records in seconds how long a function took, and returns what it returns', () => {
    const { host, recorded, histogram, time } = timing();
    const outcome = {};
    const fn = (): object => {
      host.advance(1500);
      return outcome;
    };
    expect(time(histogram, fn, { region: 'eu' })).toBe(outcome);
    expect(recorded).toEqual([[1.5, { region: 'eu' }]]);
  });

  it('throws what the function throws, be it nothing', () => {
    const { host, recorded, histogram, time } = timing();
    const fn = (): never => {
      host.advance(250);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what others throw may be anything
      throw undefined;
    };
    let thrown: unknown = 'nothing';
    try {
      time(histogram, fn);
    } catch (error) {
      thrown = error;
    }
    expect([thrown, recorded]).toEqual([undefined, [[0.25, undefined]]]);
  });

  it('waits for the end of an async function', async () => {
    const { host, recorded, histogram, time } = timing();
    const { promise, resolve } = Promise.withResolvers<number>();
    const outcome = time(histogram, async () => promise);
    host.advance(100);
    await settle();
    expect(recorded).toEqual([]);
    resolve(7);
    expect([await outcome, recorded]).toEqual([7, [[0.1, undefined]]]);
  });

  it('rejects with what an async function rejects with', async () => {
    const { recorded, histogram, time } = timing();
    const error = new Error('boom');
    await expect(
      time(histogram, async () => {
        await Promise.resolve();
        throw error;
      }),
    ).rejects.toBe(error);
    expect(recorded).toEqual([[0, undefined]]);
  });

  it.each<[string, (error: Error) => () => Promise<never>]>([
    ['an async function', (error) => async () => Promise.reject(error)],
    ['another function', (error) => () => Promise.reject(error)],
  ])('leaves the rejection of %s that nobody handles unhandled, once', async (_, failing) => {
    const { recorded, histogram, time } = timing();
    const error = new Error('nobody handles it');
    const unhandled = await unhandledWhile(() => void time(histogram, failing(error)));
    expect([unhandled, recorded]).toEqual([[error], [[0, undefined]]]);
  });

  it('waits for the end of a promise of a function that is not async', async () => {
    const { host, recorded, histogram, time } = timing();
    const { promise, reject } = Promise.withResolvers<number>();
    const error = new Error('boom');
    const unhandled = await unhandledWhile(async () => {
      const outcome = time(histogram, () => promise);
      host.advance(100);
      await settle();
      expect(recorded).toEqual([]);
      reject(error);
      await expect(outcome).rejects.toBe(error);
    });
    expect([unhandled, recorded]).toEqual([[], [[0.1, undefined]]]);
  });

  it('returns the very promise that can do more than others', async () => {
    const { host, recorded, histogram, time } = timing();
    const { promise, resolve } = Promise.withResolvers<number>();
    const request = Object.assign(promise, { abort: () => 'aborted' });
    const outcome = time(histogram, () => request);
    expect(outcome).toBe(request);
    host.advance(100);
    resolve(1);
    await settle();
    expect(recorded).toEqual([[0.1, undefined]]);
  });

  it('starts the work of no promise that works when it is asked', async () => {
    const { recorded, histogram, time } = timing();
    let starts = 0;
    class Lazy extends Promise<number> {
      override then<A, B>(
        onFulfilled?: ((value: number) => A | PromiseLike<A>) | null,
        onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
      ): Promise<A | B> {
        starts += 1;
        return super.then(onFulfilled, onRejected);
      }
    }
    const lazy = new Lazy((resolve) => resolve(1));
    expect(time(histogram, () => lazy)).toBe(lazy);
    const query = { then: () => (starts += 1) };
    expect(time(histogram, () => query)).toBe(query);
    await settle();
    expect([starts, recorded.length]).toEqual([0, 2]);
  });

  it('survives promises that cannot be followed, and functions that say nothing of themselves', async () => {
    const { recorded, histogram, time } = timing();
    class Closed extends Promise<number> {
      constructor(executor: ConstructorParameters<typeof Promise<number>>[0], secret?: string) {
        if (secret !== 'secret') throw new Error('no promise can be derived');
        super(executor);
      }
    }
    const closed = new Closed((resolve) => resolve(1), 'secret');
    expect(time(histogram, () => closed)).toBe(closed);
    const shy = new Proxy(() => Promise.resolve(2), {
      get: () => {
        throw new Error('boom');
      },
    });
    expect(await time(histogram, shy)).toBe(2);
    expect(recorded).toHaveLength(2);
  });

  it('survives a histogram that throws', async () => {
    const { time } = timing();
    const histogram = {
      record: (): never => {
        throw new Error('boom');
      },
    };
    expect(time(histogram, () => 1)).toBe(1);
    expect(await time(histogram, async () => Promise.resolve(2))).toBe(2);
    expect(await time(histogram, () => Promise.resolve(3))).toBe(3);
    await expect(time(histogram, () => Promise.reject(new Error('theirs')))).rejects.toThrow('theirs');
  });
});
