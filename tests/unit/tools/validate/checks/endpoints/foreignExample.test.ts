import { afterEach, expect, it } from 'vitest';
import { followAgent } from '../../../../../../tools/validate/checks/endpoints/markersFound.ts';
import { measureApplication } from '../../../../../../tools/validate/performance/measureApplication.ts';
import type { TracingStackOutputs } from '../../../../../../runtime/src/tracing/stackOutputs.ts';
import { startApiServer, type ApiServer } from '../../support/apiServer.ts';
import { fakeDeployment } from '../../support/fakeDeployment.ts';

const agent = { thriftCompactPort: 6831, thriftBinaryPort: 6832, zipkinCompactPort: 5775 };
const { signal } = new AbortController();

let server: ApiServer | undefined;
afterEach(() => server?.close());

async function deploymentWith(answers: Readonly<Record<string, object>>) {
  const { kube } = (server = await startApiServer(answers));
  const outputs = () => Promise.resolve({ agent } as TracingStackOutputs);
  return { kube, deployment: fakeDeployment({ stack: 'dev', kube: () => Promise.resolve(kube), outputs }) };
}

const ofOther = {
  'GET /api/v1/namespaces/checkout': { metadata: { name: 'checkout', labels: { 'tracewright.dev/stack': 'prod' } } },
};

it("sends no marker from the pods of another stack's example", async () => {
  const { kube, deployment } = await deploymentWith(ofOther);
  const found = await followAgent({ deployment, signal }, kube, 'http://127.0.0.1:1');
  expect(found.map(({ outcome, found: said }) => [outcome, said])).toEqual(
    Array.from({ length: 3 }, () => [
      'unchecked',
      'no pod to send it from: the Kubernetes API forwards no UDP, and no example of this stack runs',
    ]),
  );
  expect(server?.asked).toEqual(['GET /api/v1/namespaces/checkout']);
});

it('says of each format of the agent that its way may not be looked at, and throws nothing else away', async () => {
  const { kube, deployment } = await deploymentWith({});
  const found = await followAgent({ deployment, signal }, kube, 'http://127.0.0.1:1');
  expect(found.map(({ outcome }) => outcome)).toEqual(['unchecked', 'unchecked', 'unchecked']);
  expect(found[0]?.found).toContain('the API server refuses it (403)');
});

it("puts no load on another stack's example", async () => {
  const { deployment } = await deploymentWith(ofOther);
  const context = { deployment, signal, nowMillis: Date.now, report: () => undefined };
  await expect(measureApplication(context, { first: 1, most: 1, stepSeconds: 1 })).resolves.toBeUndefined();
  expect(server?.asked).toEqual(['GET /api/v1/namespaces/checkout']);
});
