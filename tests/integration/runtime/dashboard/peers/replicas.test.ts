import { execa } from 'execa';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freeTcpPort } from '../../../support/freePort.ts';

const APP = fileURLToPath(new URL('../../apps/replica.ts', import.meta.url));
const ADDRESSES = ['127.0.0.11', '127.0.0.12'];
const PEOPLE = 'the token that people have';

let folder: string;
let hosts: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracewright-replicas-'));
  hosts = join(folder, 'hosts');
  await writeFile(hosts, ADDRESSES.map((address) => `${address} replicas.test\n`).join(''));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const running: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one[Symbol.asyncDispose]();
});

/** A replica in a process of its own, in which the name of all leads to both addresses as a headless Service's does. */
async function startReplica(index: number, port: number, { id = `pod-${index}`, timeoutMillis = 15_000 } = {}) {
  const address = ADDRESSES[index] ?? '';
  const args = [address, String(port), id, String(timeoutMillis)];
  const node = [process.execPath, '--conditions=tracewright-source', '--no-warnings', APP, ...args];
  const command = 'mount --bind "$0" /etc/hosts && exec "$@"';
  const child = execa('unshare', ['--mount', 'sh', '-c', command, hosts, ...node], {
    reject: false,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = async (text: string) => {
    child.stdin.write(`${text}\n`);
    return lines.next();
  };
  const stop = async () => {
    child.kill('SIGKILL');
    await child;
  };
  running.push({ [Symbol.asyncDispose]: stop });
  if ((await lines.next()).value !== 'listening') throw new Error((await child).stderr);
  const ask = (path: string, init: RequestInit = {}, token = PEOPLE) =>
    fetch(`http://${address}:${port}/api/v1/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
  return { say, stop, ask, hang: () => child.stdin.write('hang\n') };
}

interface Listed {
  readonly instances: readonly { readonly instance?: { readonly id: string }; readonly problem?: string }[];
  readonly result: {
    readonly groups: readonly {
      readonly id: string;
      readonly count: number;
      readonly state: string;
      readonly instances: readonly string[];
    }[];
  };
}

async function listed(response: Response): Promise<Listed> {
  expect(response.status).toBe(200);
  return (await response.json()) as Listed;
}

describe('two replicas', () => {
  it('are shown together by each of them, and an action reaches both', async () => {
    const port = await freeTcpPort();
    const [first, second] = await Promise.all([startReplica(0, port), startReplica(1, port)]);
    for (const text of ['shared', 'shared', 'only here']) await first.say(text);
    await second.say('shared');
    for (const replica of [first, second]) {
      const { instances, result } = await listed(await replica.ask('errors'));
      expect(instances.map(({ instance }) => instance?.id).sort()).toEqual(['pod-0', 'pod-1']);
      expect(result.groups.map(({ count }) => count).sort()).toEqual([1, 3]);
    }
    const { result } = await listed(await second.ask('errors'));
    const [alone, shared] = [...result.groups].sort((left, right) => left.count - right.count);
    const resolve = (id: string | undefined) =>
      second.ask(`errors/${id}/resolve`, { method: 'POST', body: JSON.stringify({ note: 'mended' }) });
    // One that this replica does not have, and one that both have.
    expect(await (await resolve(alone?.id)).json()).toMatchObject({ done: ['pod-0'], failed: [] });
    expect(await (await resolve(shared?.id)).json()).toMatchObject({ done: ['pod-1', 'pod-0'], failed: [] });
    const after = await listed(await first.ask('errors?state=resolved'));
    expect(after.result.groups).toHaveLength(2);
  });

  it('show what they have when one of them does not answer, and name it', async () => {
    const port = await freeTcpPort();
    const [first, second] = await Promise.all([startReplica(0, port, { timeoutMillis: 2_000 }), startReplica(1, port)]);
    await second.say('of the second');
    expect((await listed(await first.ask('errors'))).result.groups).toHaveLength(1);
    second.hang();
    const { instances, result } = await listed(await first.ask('errors?limit=10'));
    expect(result.groups).toEqual([]);
    expect(instances).toContainEqual(
      expect.objectContaining({
        instance: expect.objectContaining({ id: 'pod-1' }) as unknown,
        problem: 'did not answer within 2000 ms',
      }),
    );
  });

  it('count groups on the overview as the list has them that it leads to, where some are of both', async () => {
    const port = await freeTcpPort();
    const [first, second] = await Promise.all([startReplica(0, port), startReplica(1, port)]);
    for (const text of ['shared', 'mended', 'of the first']) await first.say(text);
    for (const text of ['shared', 'mended', 'of the second', 'of the second, too']) await second.say(text);
    const [mended] = (await listed(await first.ask('errors?text=mended'))).result.groups;
    await second.ask(`errors/${mended?.id ?? ''}/resolve`, { method: 'POST', body: '{}' });
    for (const replica of [first, second]) {
      const { result } = (await (await replica.ask('overview')).json()) as {
        readonly result: { readonly errors: { readonly groups: number; readonly unresolved: Record<string, number> } };
      };
      const { groups, unresolved } = result.errors;
      expect([groups, Object.values(unresolved).reduce((sum, count) => sum + count)]).toEqual([5, 4]);
      expect((await listed(await replica.ask('errors?state=unresolved'))).result.groups).toHaveLength(4);
      expect((await listed(await replica.ask('errors?happened=appeared'))).result.groups).toHaveLength(5);
      expect((await listed(await replica.ask('errors?happened=resolved'))).result.groups).toHaveLength(1);
    }
  });

  it('with one service.instance.id are not one in silence: each names the other, and says what to set', async () => {
    const port = await freeTcpPort();
    const [first, second] = await Promise.all([
      startReplica(0, port, { id: 'pod' }),
      startReplica(1, port, { id: 'pod' }),
    ]);
    await first.say('of the first');
    await second.say('of the second');
    for (const [place, replica] of [first, second].entries()) {
      for (const path of ['errors', 'overview']) {
        const { instances } = await listed(await replica.ask(path));
        expect(instances).toEqual([
          { address: 'self', instance: expect.objectContaining({ id: 'pod' }) as unknown },
          {
            address: ADDRESSES[1 - place],
            problem: expect.stringContaining('give each a service.instance.id of its own') as unknown,
          },
        ]);
      }
      expect((await listed(await replica.ask('errors'))).result.groups).toHaveLength(1);
    }
    const [group] = (await listed(await first.ask('errors'))).result.groups;
    const acted = await first.ask(`errors/${group?.id ?? ''}/resolve`, { method: 'POST', body: '{}' });
    expect(await acted.json()).toMatchObject({ done: ['pod'], failed: [{ address: ADDRESSES[1] }] });
  });

  it('tell parts to nobody but each other, and let nobody act who may only look', async () => {
    const port = await freeTcpPort();
    const first = await startReplica(0, port);
    expect((await first.ask('parts/errors')).status).toBe(403);
    expect((await first.ask('parts/errors', {}, 'wrong')).status).toBe(401);
    expect((await first.ask('parts/errors', {}, 'the token of replicas')).status).toBe(200);
    expect((await first.ask('errors', {}, 'the token of replicas')).status).toBe(403);
    expect((await first.ask('errors', {}, 'the token that only reads')).status).toBe(200);
    const acted = await first.ask('errors/x/resolve', { method: 'POST', body: '{}' }, 'the token that only reads');
    expect(acted.status).toBe(403);
  });
});
