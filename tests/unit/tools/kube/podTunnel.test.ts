import { afterEach, expect, test } from 'vitest';
import { openServiceTunnel, podSelector } from '../../../../tools/kube/podTunnel.ts';
import { startApiServer, type ApiServer } from '../validate/support/apiServer.ts';

let server: ApiServer | undefined;
afterEach(() => server?.close());

const metadata = { name: 'es', namespace: 'search' };

test('a Service selects its pods by all of its labels', () => {
  expect(podSelector({ metadata, spec: { selector: { a: 'b', c: 'd' } } })).toBe('a=b,c=d');
});

test.each([
  ['no selector', {}, 'it has no selector'],
  ['an empty selector', { selector: {} }, 'it has no selector'],
  [
    'another host',
    { type: 'ExternalName', externalName: 'es.example', selector: { a: 'b' } },
    'it stands for es.example',
  ],
])('a Service of %s leads to no pod, and to none that is merely in its namespace', async (_, spec, why) => {
  const ready = {
    metadata: { name: 'stranger', namespace: 'search' },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  };
  const { kube } = (server = await startApiServer({
    'GET /api/v1/namespaces/search/services/es': { metadata, spec },
    'GET /api/v1/namespaces/search/pods': { items: [ready] },
    'GET /api/v1/namespaces/search/pods?labelSelector=': { items: [ready] },
  }));
  await expect(openServiceTunnel(kube, { namespace: 'search', service: 'es', podPort: 9200 })).rejects.toThrow(
    `the service es in namespace search leads to no pods by itself (${why}): name the address it stands for`,
  );
});
