// @spec S1.9
import { CoreV1Api } from '@kubernetes/client-node';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { clusterStatus } from '../../tools/cluster/clusterStatus.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { forwardPort, type ForwardedPort } from '../../tools/kube/forwardPort.ts';
import { servicesOf } from '../../tools/up/readTrace.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { checkout, testCluster } from '../support/commands.ts';
import { ApplicationNamespace, type ApplicationJob } from './support/applicationNamespace.ts';
import { findTrace } from './support/findTrace.ts';
import { ownBackend, pulumi } from './support/pulumiCli.ts';
import { hostPort } from './support/reachFirst.ts';
import { ReferringStack } from './support/referringStack.ts';
import { shareElasticsearch } from './support/sharedElasticsearch.ts';
import { TestStack, testPassphrase } from './support/testStack.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const devOutputs = readStackOutputs(inject('up')['outputs']);
const upAnswer = z.object({ outputs: z.unknown(), outputsFile: z.string() });
const greeterNamespace = 'outputs-greeter';
// Spans outlive the stack that stored them: no run finds those of another.
const run = Date.now().toString(36);

const resources = new AsyncDisposableStack();
let applications: ApplicationNamespace;
let stack: TestStack;
let queryUrl: string;
let up: z.infer<typeof upAnswer>;
let backend: Readonly<Record<string, string>>;

beforeAll(async () => {
  applications = resources.use(await ApplicationNamespace.create(kube, 'outputs-applications'));
  // The storage of the dev stack: what is proven here is where spans go, not where they lie.
  const urls = [`http://elasticsearch.${devOutputs.namespace}.svc:9200`];
  const storage = { kind: 'external', urls, indexPrefix: 'outputs.e2e' };
  const config = { environment: 'dev', storage, applicationNamespaces: [applications.name] };
  stack = resources.use(await TestStack.create('outputs', { config }));
  resources.use(await shareElasticsearch(kube, devOutputs.namespace, stack.namespace));
  const { stdout } = await stack.up('--json');
  up = upAnswer.parse(JSON.parse(stdout.split('\n').at(-1) ?? ''));
  const { stateDirectory } = await clusterStatus({ name: testCluster, checkout });
  backend = { ...ownBackend(stateDirectory, testPassphrase), KUBECONFIG: inject('kubeconfigPath') };
  const query = resources.use(await forwardQuery());
  queryUrl = `http://127.0.0.1:${query.port}`;
});
afterAll(() => resources.disposeAsync());

test('a second Pulumi program reads them by StackReference, and what it deploys is traced', async () => {
  const service = `greeter-${run}`;
  await using greeter = await ReferringStack.create('outputs-greeter', backend, {
    tracingStack: `organization/tracewright/${stack.name}`,
    serviceName: service,
    namespace: greeterNamespace,
  });
  await greeter.up();
  await using forwarded = await forwardPort(kube, { namespace: greeterNamespace, service: 'greeter', podPort: 8080 });
  const answer = await fetch(`http://127.0.0.1:${forwarded.port}/hello`);
  expect([answer.status, await answer.text()]).toEqual([200, 'hello\n']);
  expect(servicesOf(await findTrace(queryUrl, service))).toEqual([service]);
});

test('the file that up writes is the outputs, and the runtime takes it as it is', async () => {
  const text = await readFile(up.outputsFile, 'utf8');
  expect(JSON.parse(text)).toEqual(up.outputs);
  expect(readStackOutputs(JSON.parse(text)).namespace).toBe(stack.namespace);
  await expectTraceOf(await jobWithFile('file-of-up', text));
});

test('what `pulumi stack output --json` prints is a file for the runtime as well', async () => {
  const { stdout } = await pulumi(['stack', 'output', '--json', '--stack', stack.name], { env: backend });
  expect(JSON.parse(stdout)).toEqual(up.outputs);
  await expectTraceOf(await jobWithFile('file-of-pulumi', stdout));
});

test('a ConfigMap of the stack in the namespace of an application is all that a pod needs', async () => {
  const name = 'tracewright-environment';
  const { data } = await kube.makeApiClient(CoreV1Api).readNamespacedConfigMap({ namespace: applications.name, name });
  expect(data).toEqual(readStackOutputs(up.outputs).environment);
  await expectTraceOf({ name: 'environment', container: { envFrom: [{ configMapRef: { name } }] } });
});

test('without any of them a pod knows no address, and its trace does not come', async () => {
  const { service } = await runTraced({ name: 'nothing', container: {} });
  await expect(findTrace(queryUrl, service, { seconds: 8 })).rejects.toThrow(`no trace of ${service}`);
});

/** A pod that is given a file of outputs and where it lies, and nothing else. */
async function jobWithFile(name: string, text: string): Promise<ApplicationJob> {
  await applications.createConfigMap(name, { 'outputs.json': text });
  const mountPath = '/etc/tracewright';
  return {
    name,
    container: {
      env: [{ name: 'TRACEWRIGHT_STACK_OUTPUTS_FILE', value: `${mountPath}/outputs.json` }],
      volumeMounts: [{ name: 'outputs', mountPath, readOnly: true }],
    },
    volumes: [{ name: 'outputs', configMap: { name } }],
  };
}

async function expectTraceOf(job: ApplicationJob): Promise<void> {
  const { service, log } = await runTraced(job);
  const trace = await findTrace(queryUrl, service, { spans: 2 }).catch((cause: unknown) => {
    throw new Error(`the pod wrote:\n${log}`, { cause });
  });
  expect([trace.spans.length, servicesOf(trace)]).toEqual([2, [service]]);
}

/** One request over HTTP that a process makes to itself: two spans, which are sent before it ends. */
const application = `
  const { createServer, get } = require('node:http');
  const server = createServer((request, response) => response.end('hello'));
  server.listen(0, '127.0.0.1', () => get({ port: server.address().port, path: '/hello' }, (answer) => {
    answer.resume().on('end', () => server.close());
  }));
`;

/** Runs a small application with the runtime, as a team's image has it. */
async function runTraced({ name, container, volumes }: ApplicationJob): Promise<{ service: string; log: string }> {
  const service = `${name}-${run}`;
  const { samplingUrl } = readStackOutputs(up.outputs).agent;
  const { succeeded, log } = await applications.run({
    name,
    reachesFirst: [hostPort(samplingUrl)],
    container: {
      image: 'tracewright/checkout:0.1.0',
      command: ['node', '--import', '@tracewright/runtime/register', '--eval', application],
      ...container,
      env: [...(container.env ?? []), { name: 'OTEL_SERVICE_NAME', value: service }],
    },
    ...(volumes && { volumes }),
  });
  expect([succeeded, log]).toEqual([true, expect.any(String)]);
  return { service, log };
}

function forwardQuery(): Promise<ForwardedPort> {
  const { namespace, query } = readStackOutputs(up.outputs);
  return forwardPort(kube, { namespace, service: 'jaeger-query', podPort: Number(new URL(query.url).port) });
}
