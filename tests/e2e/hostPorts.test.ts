import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { forwardPort } from '../../tools/kube/forwardPort.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { testCluster } from '../support/commands.ts';
import { importTestImages } from '../support/testImages.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';
import { findTrace } from './support/findTrace.ts';
import { shareElasticsearch } from './support/sharedElasticsearch.ts';
import { TestStack } from './support/testStack.ts';
import { sendSpans } from './support/traceClients.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const devOutputs = readStackOutputs(inject('up')['outputs']);
const resources = new AsyncDisposableStack();
let applications: ApplicationNamespace;
let stack: TestStack;
let previewed: string;
let outputs: TracingStackOutputs;

beforeAll(async () => {
  await importTestImages(testCluster, ['trace-clients']);
  const urls = [`http://elasticsearch.${devOutputs.namespace}.svc:9200`];
  const storage = { kind: 'external', urls, indexPrefix: 'hostports.e2e' };
  const config = { environment: 'dev', storage, agent: { hostPorts: true } };
  stack = resources.use(await TestStack.create('hostports', { config }));
  applications = resources.use(await ApplicationNamespace.create(kube, 'hostports-applications', stack.namespace));
  resources.use(await shareElasticsearch(kube, devOutputs.namespace, stack.namespace));
  const { stdout, stderr } = await stack.run('preview');
  previewed = stdout + stderr;
  const answer = (await stack.up('--json')).stdout.split('\n').at(-1) ?? '';
  outputs = readStackOutputs(z.object({ outputs: z.unknown() }).parse(JSON.parse(answer)).outputs);
});
afterAll(() => resources.disposeAsync());

test('the preview says that the agent opens ports of its node, and lets it', () => {
  expect(previewed).toMatch(/\[advisory\] +host-ports/);
  expect(previewed).toMatch(/\d+ to create/);
});

test('the agent has a privileged namespace of its own, and Jaeger keeps its restricted one', async () => {
  const levels = await Promise.all([podSecurity(stack.namespace), podSecurity(`${stack.namespace}-agent`)]);
  expect(levels).toEqual(['restricted', 'privileged']);
  expect([outputs.agent.hostPorts, outputs.agent.host]).toEqual([true, `jaeger-agent.${stack.namespace}-agent.svc`]);
});

test("a span that a client sends to its node's address arrives", async () => {
  const node = { name: 'AGENT_HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } };
  await expectSpan('node', [node]);
});

test("a span that a client sends to the agent's Service arrives as well", async () => {
  await expectSpan('service', []);
});

async function expectSpan(job: string, env: NonNullable<Parameters<typeof sendSpans>[4]>): Promise<void> {
  const { spans, log } = await sendSpans(applications, job, outputs, ['udp-compact'], env);
  const span = spans.get('udp-compact');
  if (span === undefined) throw new Error(`the client could not send:\n${log}`);
  await using query = await forwardPort(kube, {
    namespace: outputs.namespace,
    service: 'jaeger-query',
    podPort: Number(new URL(outputs.query.url).port),
  });
  const { spans: found } = await findTrace(`http://127.0.0.1:${query.port}`, span.service);
  expect(found.map(({ operationName }) => operationName)).toEqual([span.operation]);
}

async function podSecurity(name: string): Promise<string | undefined> {
  const { metadata } = await kube.makeApiClient(CoreV1Api).readNamespace({ name });
  return metadata?.labels?.['pod-security.kubernetes.io/enforce'];
}
