import { describe, expect, it } from 'vitest';
import { QueryTurns } from '../../../../../runtime/src/dashboard/traces/queryTurns.ts';
import { settle } from '../../../../support/fakeHost.ts';

const never = new AbortController().signal;

describe('turns of queries', () => {
  it('are given at once as long as there are some, then in the order in which they were asked for', async () => {
    const turns = new QueryTurns(2, 10);
    const given: number[] = [];
    for (const number of [1, 2, 3, 4]) void turns.enter(never).then(() => given.push(number));
    await settle();
    expect(given).toEqual([1, 2]);
    turns.leave();
    await settle();
    expect(given).toEqual([1, 2, 3]);
    turns.leave();
    turns.leave();
    await settle();
    expect(given).toEqual([1, 2, 3, 4]);
  });

  it('are not given to whoever has stopped waiting', async () => {
    const turns = new QueryTurns(1, 10);
    await turns.enter(never);
    const stopping = new AbortController();
    const stopped = turns.enter(stopping.signal);
    const next = turns.enter(never);
    stopping.abort();
    expect(await stopped).toBe(false);
    turns.leave();
    expect(await next).toBe(true);
    turns.leave();
    expect(await turns.enter(AbortSignal.abort())).toBe(true);
    expect(await turns.enter(AbortSignal.abort())).toBe(false);
  });

  it('are refused at once where too many wait', async () => {
    const turns = new QueryTurns(1, 1);
    await turns.enter(never);
    const waiting = turns.enter(never);
    expect(await turns.enter(never)).toBe(false);
    turns.leave();
    expect(await waiting).toBe(true);
  });
});
