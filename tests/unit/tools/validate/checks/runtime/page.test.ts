import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { eachPage } from '../../../../../../tools/validate/checks/runtime/eachPage.ts';
import { errorsRecorded } from '../../../../../../tools/validate/checks/runtime/errorsRecorded.ts';
import { performanceFresh } from '../../../../../../tools/validate/checks/runtime/performanceFresh.ts';
import { requestsTracked } from '../../../../../../tools/validate/checks/runtime/requestsTracked.ts';
import { tracerSound } from '../../../../../../tools/validate/checks/runtime/tracerSound.ts';
import type { Check } from '../../../../../../tools/validate/check.ts';
import { unlessAborted } from '../../../../../../tools/validate/unlessAborted.ts';
import { startApiServer } from '../../support/apiServer.ts';
import { fakeDeployment } from '../../support/fakeDeployment.ts';

let server: Server | undefined;
afterEach(() => server?.close());

const results: Readonly<Record<string, unknown>> = {
  errors: { off: [], groups: [], total: 0 },
  requests: { keeping: { finished: 1, stuck: 0, stuckAfterMillis: 1000 }, off: [], requests: [] },
  accounting: { instances: [] },
  performance: { isOn: true, intervalMillis: 30_000, raised: [], metrics: [] },
};
const silent = { id: 'two', service: 'shop' };
const instances = [
  { address: '10.0.0.2:4319', instance: silent, problem: 'does not answer' },
  { address: '10.0.0.3:4319', problem: 'connect ECONNREFUSED' },
];

/** The address of a page that shows this for the replicas of an application. */
async function startPage(): Promise<URL> {
  server = createServer(({ url = '' }, response) => {
    const view = /api\/v1\/(\w+)/.exec(url)?.[1] ?? '';
    response.end(JSON.stringify({ asOfMillis: 0, instances, result: results[view] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

it.each<[string, Check]>([
  ['errors', errorsRecorded],
  ['requests', requestsTracked],
  ['spans', tracerSound],
  ['performance', performanceFresh],
])('tells of each replica whose %s nobody could see', async (_, check) => {
  const url = await startPage();
  const api = await startApiServer({ 'GET /api/v1/namespaces/checkout': { metadata: { name: 'checkout' } } });
  const deployment = fakeDeployment({ applications: [{ url }], kube: () => Promise.resolve(api.kube) });
  const found = await check.run({ deployment, signal: new AbortController().signal });
  api.close();
  const unanswered = found.filter(({ subject }) => subject.includes('10.0.0.'));
  expect(unanswered).toMatchObject([
    {
      outcome: 'unchecked',
      subject: `application at ${url.href}, instance two at 10.0.0.2:4319`,
      found: 'does not answer',
    },
    { outcome: 'unchecked', subject: `application at ${url.href}, 10.0.0.3:4319`, found: 'connect ECONNREFUSED' },
  ]);
  expect(found.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});

it('hears of every page that is looked at when the signal ends it', async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);
  process.on('unhandledRejection', hear);
  const abort = new AbortController();
  const application = { url: new URL('http://127.0.0.1:1/') };
  // The example cannot be asked for as long: the application's page is the first to end.
  const kube = () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 20));
  const deployment = fakeDeployment({ applications: [application], kube });
  const looking = eachPage({ deployment, signal: abort.signal }, () =>
    unlessAborted(new Promise<never>(() => undefined), abort.signal),
  );
  abort.abort(new Error('ended by SIGINT'));
  await expect(looking).rejects.toThrow('ended by SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 40));
  process.removeListener('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});
