// @spec S1.2
import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { z } from 'zod';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { forwardPort, type ForwardedPort } from '../../tools/kube/forwardPort.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { testCluster } from '../support/commands.ts';
import { importTestImages } from '../support/testImages.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';
import { ProbePod } from './support/attack/probePod.ts';
import { findTrace } from './support/findTrace.ts';
import { listPods } from './support/namespacePods.ts';
import { shareElasticsearch } from './support/sharedElasticsearch.ts';
import { TestStack } from './support/testStack.ts';
import { sendSpans, type SentSpan } from './support/traceClients.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const devOutputs = readStackOutputs(inject('up')['outputs']);
/** Has the clients send to the agent of their own node, as an application does that knows no Service. */
const nodeAddress = { name: 'AGENT_HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } };
const resources = new AsyncDisposableStack();
let applications: ApplicationNamespace;
let strangers: ApplicationNamespace;
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
  strangers = resources.use(await ApplicationNamespace.create(kube, 'hostports-strangers'));
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
  await expectSpan('node', [nodeAddress]);
});

test("a span that a client sends to the agent's Service arrives as well", async () => {
  await expectSpan('service', []);
});

test("who has no right to send reaches the agent neither by its pod nor by its Service nor by its node's address", async () => {
  const [agent] = await listPods(kube, `${stack.namespace}-agent`);
  const { podIP = '', hostIP = '' } = agent?.status ?? {};
  const targets = [podIP, new URL(outputs.agent.samplingUrl).hostname, hostIP].map((host) => ({ host, port: 5778 }));
  const probes = await Promise.all(
    [applications, strangers].map(({ name: namespace }) =>
      ProbePod.start(kube, { name: 'probe', namespace, labels: {} }),
    ),
  );
  const tried = () => Promise.all(probes.map((probe) => probe.probe(targets)));
  await vi.waitFor(async () => expect((await tried())[0]).toEqual([true, true, true]), { timeout: 60_000 });
  expect(await tried()).toEqual([
    [true, true, true],
    [false, false, false],
  ]);
});

test("a span that they send to their node's address does not arrive, and one that was sent later and may does", async () => {
  const forbidden = await sendSpan(strangers, 'stranger', [nodeAddress]);
  await expectSpan('after-stranger', [nodeAddress]);
  await using query = await forwardQuery();
  await expect(findTrace(`http://127.0.0.1:${query.port}`, forbidden.service, { seconds: 3 })).rejects.toThrow(
    `no trace of ${forbidden.service}`,
  );
});

type Variables = NonNullable<Parameters<typeof sendSpans>[4]>;

async function expectSpan(job: string, env: Variables): Promise<void> {
  const span = await sendSpan(applications, job, env);
  await using query = await forwardQuery();
  const { spans: found } = await findTrace(`http://127.0.0.1:${query.port}`, span.service);
  expect(found.map(({ operationName }) => operationName)).toEqual([span.operation]);
}

async function sendSpan(from: ApplicationNamespace, job: string, env: Variables): Promise<SentSpan> {
  const { spans, log } = await sendSpans(from, job, outputs, ['udp-compact'], env);
  const span = spans.get('udp-compact');
  if (span === undefined) throw new Error(`the client could not send:\n${log}`);
  return span;
}

function forwardQuery(): Promise<ForwardedPort> {
  const podPort = Number(new URL(outputs.query.url).port);
  return forwardPort(kube, { namespace: outputs.namespace, service: 'jaeger-query', podPort });
}

async function podSecurity(name: string): Promise<string | undefined> {
  const { metadata } = await kube.makeApiClient(CoreV1Api).readNamespace({ name });
  return metadata?.labels?.['pod-security.kubernetes.io/enforce'];
}
