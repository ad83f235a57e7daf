import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { defineAction, RefusedActionError } from '../../../../../runtime/src/dashboard/api/action.ts';
import { defineView } from '../../../../../runtime/src/dashboard/api/view.ts';
import { PeerParts } from '../../../../../runtime/src/dashboard/peers/peerParts.ts';
import type { PeerReply, PeerRequest } from '../../../../../runtime/src/dashboard/peers/peerTransport.ts';

const self = { id: 'a', service: 'shop', hostName: 'pod-a', pid: 1, sinceMillis: 1_000 };
const other = { id: 'b', service: 'shop', hostName: 'pod-b', pid: 1, sinceMillis: 2_000 };

const numbers = defineView({
  path: 'numbers/{id}',
  summary: 'Numbers',
  query: z.strictObject({ id: z.string(), least: z.coerce.number().default(0) }),
  part: z.object({ count: z.int() }),
  result: z.object({ count: z.int() }),
  read: (_source, { id, least }) => (id === 'unknown' ? undefined : { count: 1 + least }),
  merge: (parts) => ({ count: parts.reduce((sum, { part }) => sum + part.count, 0) }),
});

const resolve = defineAction({
  path: 'numbers/{id}/resolve',
  summary: 'Resolve',
  input: z.strictObject({ id: z.string(), note: z.string().max(5).optional() }),
  output: z.object({ state: z.string() }),
  perform: (_source, { id }) => {
    if (id === 'refused') throw new RefusedActionError('is resolved already');
    return id === 'unknown' ? undefined : { state: 'resolved here' };
  },
});

interface Network {
  readonly addresses?: () => Promise<readonly string[]>;
  readonly answer?: (address: string, request: PeerRequest) => PeerReply | Promise<PeerReply>;
  /** Answers who it is. @defaultValue the other */
  readonly knows?: (address: string) => PeerReply | Promise<PeerReply>;
  readonly maxPeers?: number;
}

function replicas({ addresses, knows, answer, maxPeers = 20 }: Network) {
  const sent: { address: string; request: PeerRequest }[] = [];
  let wallMillis = 10_000;
  const source = { instance: self, observability: {} as never, jaeger: undefined, wallMillis: () => wallMillis };
  const transport = {
    addresses: addresses ?? (() => Promise.resolve(['10.0.0.1', '10.0.0.2'])),
    send: async (address: string, request: PeerRequest): Promise<PeerReply> => {
      sent.push({ address, request });
      // The first address is this instance's own.
      if (address === '10.0.0.1') return { status: 200, body: { instance: self } };
      if (request.path === 'parts') return (await knows?.(address)) ?? { status: 200, body: { instance: other } };
      return (await answer?.(address, request)) ?? { status: 200, body: { instance: other } };
    },
  };
  const pass = (millis: number) => (wallMillis += millis);
  return { parts: new PeerParts(source, transport, { maxPeers }), sent, pass };
}

describe('a view of several replicas', () => {
  it('is of this instance and of every peer, and of this one only once though its address is among them', async () => {
    const { parts } = replicas({ answer: () => ({ status: 200, body: { instance: other, part: { count: 41 } } }) });
    expect(await parts.collect(numbers, { id: 'x' })).toEqual({
      parts: [
        { instance: self, part: { count: 1 } },
        { instance: other, part: { count: 41 } },
      ],
      answers: [
        { address: 'self', instance: self },
        { address: '10.0.0.2', instance: other },
      ],
    });
  });

  it('is of each replica once, be it reached at several addresses', async () => {
    const { parts } = replicas({
      addresses: () => Promise.resolve(['10.0.0.1', '10.0.0.2', 'fd00::2']),
      answer: () => ({ status: 200, body: { instance: other, part: { count: 1 } } }),
    });
    const { parts: found, answers } = await parts.collect(numbers, { id: 'x' });
    expect(found).toHaveLength(2);
    expect(answers).toEqual([
      { address: 'self', instance: self },
      { address: '10.0.0.2', instance: other },
    ]);
  });

  it.each([
    ['this instance', { ...self, hostName: 'pod-z' }, ['10.0.0.2'], 1],
    ['this instance, on the same machine', { ...self, pid: 2 }, ['10.0.0.2'], 1],
    ['this instance, in another container', { ...self, sinceMillis: 2_001 }, ['10.0.0.2'], 1],
    ['another peer', { ...other, hostName: 'pod-z' }, ['10.0.0.2', '10.0.0.3'], 2],
  ])('goes without a replica that has the ID of %s, and says what to set', async (_whose, twin, addresses, shown) => {
    const who = (address: string) => (address === addresses.at(-1) ? twin : other);
    const { parts, sent } = replicas({
      addresses: () => Promise.resolve(['10.0.0.1', ...addresses]),
      knows: (address) => ({ status: 200, body: { instance: who(address) } }),
      answer: (address) => ({ status: 200, body: { instance: who(address), part: { count: 1 } } }),
    });
    const twinAnswer = {
      address: addresses.at(-1),
      problem:
        `is another replica that is called ${twin.id}, too, and of these only one is shown: give each a service.instance.id of ` +
        'its own (OTEL_RESOURCE_ATTRIBUTES), such as the name of its pod; without tracing, a host name of its own',
    };
    for (const _ of [1, 2]) {
      const { parts: found, answers } = await parts.collect(numbers, { id: 'x' });
      expect(found).toHaveLength(shown);
      expect(answers).toContainEqual(twinAnswer);
    }
    const { failed } = await parts.perform(resolve, { id: 'x' }, { name: 'ada' });
    expect(failed).toEqual([twinAnswer]);
    expect(sent.filter(({ address, request }) => address === addresses.at(-1) && request.method === 'POST')).toEqual(
      [],
    );
  });

  it('is asked of peers as it says, or of none', async () => {
    const { parts, sent } = replicas({});
    await parts.collect({ ...numbers, askPeers: { least: '7' } }, { id: 'x', least: '3' });
    expect(sent.at(-1)?.request.path).toBe('parts/numbers/x?least=7');
    const before = sent.length;
    expect(await parts.collect({ ...numbers, askPeers: false }, { id: 'x', least: '3' })).toEqual({
      parts: [{ instance: self, part: { count: 4 } }],
      answers: [{ address: 'self', instance: self }],
    });
    expect(sent).toHaveLength(before);
  });

  it('asks its own address once, and only whose it is', async () => {
    const { parts, sent } = replicas({});
    await parts.collect(numbers, { id: 'x' });
    await parts.collect(numbers, { id: 'x' });
    expect(sent.filter(({ address }) => address === '10.0.0.1')).toEqual([
      { address: '10.0.0.1', request: { method: 'GET', path: 'parts' } },
    ]);
  });

  it('asks peers what it was asked, with the variables in the path and escaped', async () => {
    const { parts, sent } = replicas({});
    await parts.collect(numbers, { id: 'a/../b?c', least: '5' });
    expect(sent.at(-1)?.request).toEqual({ method: 'GET', path: 'parts/numbers/a%2F..%2Fb%3Fc?least=5' });
  });

  it('has no part of a peer that has nothing of that ID, and no problem either', async () => {
    const { parts } = replicas({});
    const { parts: found, answers } = await parts.collect(numbers, { id: 'x' });
    expect(found).toHaveLength(1);
    expect(answers).toEqual([
      { address: 'self', instance: self },
      { address: '10.0.0.2', instance: other },
    ]);
  });

  it.each<[string, PeerReply | Error, string]>([
    ['does not answer', new Error('did not answer within 2000 ms'), 'did not answer within 2000 ms'],
    ['refuses', { status: 401, body: { detail: 'the token is wrong' } }, 'answered 401: the token is wrong'],
    ['fails', { status: 500, body: 'oops' }, 'answered 500'],
    ['fails at length', { status: 500, body: { detail: 'x'.repeat(10_000) } }, `answered 500: ${'x'.repeat(500)}`],
    [
      'has a name as long as a book',
      { status: 200, body: { instance: { ...other, id: 'x'.repeat(2_001) } } },
      'answered in another form; is it of another release?',
    ],
    [
      'says who it is in another form',
      { status: 200, body: { instance: { id: 7 } } },
      'answered in another form; is it of another release?',
    ],
    [
      'says its part in another form',
      { status: 200, body: { instance: other, part: { count: 'many' } } },
      'answered in another form; is it of another release?',
    ],
  ])('goes without a peer that %s, and names it', async (_what, reply, problem) => {
    const { parts } = replicas({
      answer: () => {
        if (reply instanceof Error) throw reply;
        return reply;
      },
    });
    const { parts: found, answers } = await parts.collect(numbers, { id: 'x' });
    expect(found).toEqual([{ instance: self, part: { count: 1 } }]);
    expect(answers.map((answer) => answer.problem)).toContain(problem);
  });

  it('names a peer that has answered before by what it said it is', async () => {
    let isUp = true;
    const { parts } = replicas({
      answer: () => {
        if (!isUp) throw new Error('cannot be reached (ECONNREFUSED)');
        return { status: 200, body: { instance: other, part: { count: 1 } } };
      },
    });
    await parts.collect(numbers, { id: 'x' });
    isUp = false;
    const { answers } = await parts.collect(numbers, { id: 'x' });
    expect(answers[1]).toEqual({ address: '10.0.0.2', instance: other, problem: 'cannot be reached (ECONNREFUSED)' });
  });

  it('does not wait for a peer again that has just not answered, and asks it after five seconds', async () => {
    let asked = 0;
    const { parts, pass } = replicas({
      answer: () => {
        asked += 1;
        throw new Error('did not answer within 2000 ms');
      },
    });
    await parts.collect(numbers, { id: 'x' });
    const { answers } = await parts.collect(numbers, { id: 'x' });
    expect(answers[1]).toMatchObject({ address: '10.0.0.2', problem: 'did not answer within 2000 ms' });
    expect(asked).toBe(1);
    pass(5_000);
    await parts.collect(numbers, { id: 'x' });
    expect(asked).toBe(2);
    // What people do is tried whatever happened before.
    await parts.perform(resolve, { id: 'x' }, { name: 'ada' });
    expect(asked).toBe(3);
  });

  it('says that peers cannot be found, shows itself, and looks again the next time', async () => {
    let isFound = false;
    const { parts } = replicas({
      addresses: () => (isFound ? Promise.resolve(['10.0.0.2']) : Promise.reject(new Error('ENOTFOUND shop'))),
      answer: () => ({ status: 200, body: { instance: other, part: { count: 1 } } }),
    });
    const before = await parts.collect(numbers, { id: 'x' });
    isFound = true;
    const after = await parts.collect(numbers, { id: 'x' });
    expect(before.answers[1]).toEqual({ address: 'peers', problem: 'cannot be found: ENOTFOUND shop' });
    expect(before.parts).toHaveLength(1);
    expect(after.parts).toHaveLength(2);
  });

  it('looks for peers again after five seconds', async () => {
    let lookups = 0;
    const { parts, pass } = replicas({ addresses: () => Promise.resolve([`10.0.0.${(lookups += 1) + 1}`]) });
    await parts.collect(numbers, { id: 'x' });
    pass(5_000);
    await parts.collect(numbers, { id: 'x' });
    expect(lookups).toBe(1);
    pass(1);
    await parts.collect(numbers, { id: 'x' });
    expect(lookups).toBe(2);
  });

  it('asks no more than maxPeers, and says how many were left out', async () => {
    const { parts, sent } = replicas({
      addresses: () => Promise.resolve(['10.0.0.2', '10.0.0.3', '10.0.0.4']),
      maxPeers: 1,
    });
    const { answers } = await parts.collect(numbers, { id: 'x' });
    expect(new Set(sent.map(({ address }) => address))).toEqual(new Set(['10.0.0.2']));
    expect(answers).toContainEqual({ address: 'peers', problem: '2 more than maxPeers (1) were not asked' });
  });

  it('asks no peer what is wrong', async () => {
    const { parts, sent } = replicas({});
    await expect(parts.collect(numbers, { id: 'x', more: '1' })).rejects.toThrow('more');
    expect(sent).toEqual([]);
  });
});

describe('an action on several replicas', () => {
  it('is done on each that holds the thing, by the one who did it', async () => {
    const { parts, sent } = replicas({
      answer: () => ({ status: 200, body: { instance: other, output: { state: 'resolved there' } } }),
    });
    const performed = await parts.perform(resolve, { id: 'x', note: 'ok' }, { name: 'ada' });
    expect(performed).toEqual({ output: { state: 'resolved here' }, done: ['a', 'b'], failed: [] });
    expect(sent.at(-1)?.request).toEqual({
      method: 'POST',
      path: 'parts/numbers/x/resolve',
      body: { input: { id: 'x', note: 'ok' }, actor: { name: 'ada' } },
    });
  });

  it('never comes to this instance twice, though its own address is not known yet', async () => {
    const { parts, sent } = replicas({});
    await parts.perform(resolve, { id: 'x' }, { name: 'ada' });
    expect(sent.filter(({ address }) => address === '10.0.0.1').map(({ request }) => request.method)).toEqual(['GET']);
  });

  it('does not go to a peer that does not say who it is', async () => {
    const { parts, sent } = replicas({ knows: () => ({ status: 401, body: { detail: 'the token is wrong' } }) });
    const { failed } = await parts.perform(resolve, { id: 'x' }, { name: 'ada' });
    expect(failed).toEqual([{ address: '10.0.0.2', problem: 'answered 401: the token is wrong' }]);
    expect(sent.filter(({ request }) => request.method === 'POST')).toEqual([]);
  });

  it('is done where the thing is, though that is not here', async () => {
    const { parts } = replicas({
      answer: () => ({ status: 200, body: { instance: other, output: { state: 'resolved there' } } }),
    });
    const performed = await parts.perform(resolve, { id: 'unknown' }, { name: 'ada' });
    expect(performed).toEqual({ output: { state: 'resolved there' }, done: ['b'], failed: [] });
  });

  it('answers for all that hold the thing where the action says how', async () => {
    const { parts } = replicas({
      answer: () => ({ status: 200, body: { instance: other, output: { state: 'resolved there' } } }),
    });
    const together = defineAction({
      ...resolve,
      perform: () => ({ state: 'resolved here' }),
      merge: (outputs) => ({ state: outputs.map((output) => (output as { state: string }).state).join(', ') }),
    });
    const { output } = await parts.perform(together, { id: 'x' }, { name: 'ada' });
    expect(output).toEqual({ state: 'resolved here, resolved there' });
  });

  it('has no output where nobody holds the thing', async () => {
    const { parts } = replicas({});
    expect(await parts.perform(resolve, { id: 'unknown' }, { name: 'ada' })).toEqual({
      output: undefined,
      done: [],
      failed: [],
    });
  });

  it('says where it was not done', async () => {
    const { parts } = replicas({
      answer: () => ({ status: 200, body: { instance: other, refused: 'is ignored there' } }),
    });
    const { done, failed } = await parts.perform(resolve, { id: 'x' }, { name: 'ada' });
    expect(done).toEqual(['a']);
    expect(failed).toEqual([{ address: '10.0.0.2', instance: other, problem: 'is ignored there' }]);
  });

  it('is refused where it was done nowhere', async () => {
    const { parts } = replicas({});
    await expect(parts.perform(resolve, { id: 'refused' }, { name: 'ada' })).rejects.toThrow(
      new RefusedActionError('is resolved already'),
    );
    const silent = replicas({ answer: () => Promise.reject(new Error('did not answer within 2000 ms')) });
    await expect(silent.parts.perform(resolve, { id: 'unknown' }, { name: 'ada' })).rejects.toThrow(
      'It was done nowhere: b did not answer within 2000 ms.',
    );
  });

  it('is done nowhere where its input is wrong', async () => {
    const { parts, sent } = replicas({});
    await expect(parts.perform(resolve, { id: 'x', note: 'too long' }, { name: 'ada' })).rejects.toThrow('note');
    expect(sent).toEqual([]);
  });
});
