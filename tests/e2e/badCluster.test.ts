import {
  AppsV1Api,
  CoreV1Api,
  NetworkingV1Api,
  PatchStrategy,
  PolicyV1Api,
  setHeaderOptions,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { deleteNamespace, unlessAbsent } from '../../tools/kube/namespaces.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { npmRun, testCluster } from '../support/commands.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';
import { listPods } from './support/namespacePods.ts';
import { shareElasticsearch } from './support/sharedElasticsearch.ts';
import { secondsUntil } from './support/statusOf.ts';
import { TestStack } from './support/testStack.ts';

// What others have done to a cluster, and what it lacks.
const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const core = kube.makeApiClient(CoreV1Api);
const policy = kube.makeApiClient(PolicyV1Api);
const dev = readStackOutputs(inject('up')['outputs']).namespace;
const storage = { kind: 'external', urls: [`http://elasticsearch.${dev}.svc:9200`], indexPrefix: 'badcluster.e2e' };
const enforce = 'pod-security.kubernetes.io/enforce';
const resources = new AsyncDisposableStack();
let stack: TestStack;

beforeAll(async () => {
  stack = resources.use(await TestStack.create('badcluster', { config: { environment: 'dev', storage } }));
  resources.use(await shareElasticsearch(kube, dev, stack.namespace));
});
afterAll(() => resources.disposeAsync());

test.each([
  ['baseline', { [enforce]: 'baseline' }],
  ['privileged', {}],
])("somebody else's namespace under Pod Security %s is refused, and stays as it is", async (level, labels) => {
  await core.createNamespace({ body: { metadata: { name: stack.namespace, labels } } });
  const before = await core.readNamespace({ name: stack.namespace });
  const { exitCode, stderr } = await stack.run('up', '--no-example');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `ForeignNamespaceError: namespace ${stack.namespace} is there already, and was not made by stack badcluster: it holds its ` +
      `pods to Pod Security "${level}" (label ${enforce}), and Jaeger needs "restricted".`,
  );
  expect(stderr).toContain(`kubectl label --overwrite namespace ${stack.namespace} ${enforce}=restricted`);
  expect(await core.readNamespace({ name: stack.namespace })).toEqual(before);
  await deleteNamespace(kube, stack.namespace, () => undefined);
});

test("a restricted namespace in which others' pods run is refused too", async () => {
  const others = await ApplicationNamespace.create(kube, stack.namespace);
  await createHeldPod(stack.namespace, 'theirs');
  const { exitCode, stderr } = await stack.run('up', '--no-example');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("it holds what is not Jaeger's (pod theirs)")]);
  expect(await core.readNamespacedPod({ namespace: stack.namespace, name: 'theirs' })).toBeDefined();
  await others[Symbol.asyncDispose]();
});

test('a PriorityClass that is not there is refused before anything is deployed', async () => {
  await stack.configure({ config: { environment: 'dev', storage, priorityClassName: 'important' } });
  const { exitCode, stderr } = await stack.run('up', '--no-example');
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringContaining(
      'UnknownPriorityClassError: tracewright:priorityClassName = "important": the cluster has no such PriorityClass',
    ),
  ]);
  expect(await core.readNamespace({ name: stack.namespace }).catch(unlessAbsent)).toBeUndefined();
});

test('an autoscaler on a cluster without metrics is named by up, before and after, and by status', async () => {
  const autoscaling = { minReplicas: 1, maxReplicas: 2 };
  await stack.configure({ config: { environment: 'dev', storage, collector: { autoscaling } } });
  const { stderr, stdout } = await stack.up('--json');
  const lack =
    'the cluster serves no resource metrics (APIService v1beta1.metrics.k8s.io is not there): install metrics-server';
  expect(stderr).toContain(`stack: warning: autoscaling will have nothing to go by: ${lack}`);
  const { warnings } = z.object({ warnings: z.array(z.string()) }).parse(JSON.parse(stdout.split('\n').at(-1) ?? ''));
  const sentence = `HorizontalPodAutoscaler jaeger-collector: keeps the number of pods at 1, whatever their load: ${lack}`;
  expect(warnings).toEqual([`namespace ${stack.namespace}: ${sentence}`]);
  expect(await status()).toEqual({ exitCode: 1, lines: [sentence] });
});

test('budgets that would block a drain are named, whoever made them, and the eviction API does refuse', async () => {
  await stack.configure({ config: { environment: 'dev', storage } });
  await stack.up();
  expect((await status()).lines).toEqual([]);
  const budget = (name: string, component: string, maxUnavailable: number) =>
    policy.createNamespacedPodDisruptionBudget({
      namespace: stack.namespace,
      body: {
        metadata: { name },
        spec: { maxUnavailable, selector: { matchLabels: { 'app.kubernetes.io/name': component } } },
      },
    });
  await budget('second', 'jaeger-query', 1);
  expect(await evictionOf('jaeger-query')).toMatchObject({ code: 500 });
  await policy.deleteNamespacedPodDisruptionBudget({ namespace: stack.namespace, name: 'jaeger-collector' });
  await budget('strict', 'jaeger-collector', 0);
  await said(
    /^PodDisruptionBudget strict: lets none of its healthy pods \(1\) be evicted \(maxUnavailable: 0\), .* lower minAvailable/,
    /^PodDisruptionBudget second: covers pods that jaeger-query covers too, such as jaeger-query-\S+: Kubernetes evicts none of them/,
  );
  expect(await evictionOf('jaeger-collector')).toMatchObject({ code: 429 });
  for (const name of ['second', 'strict'])
    await policy.deleteNamespacedPodDisruptionBudget({ namespace: stack.namespace, name });
});

test('what somebody has weakened or deleted is named, and up puts it right', async () => {
  await label(stack.namespace, { [enforce]: 'baseline' });
  const networking = kube.makeApiClient(NetworkingV1Api);
  for (const name of ['default-deny', 'jaeger-query'])
    await networking.deleteNamespacedNetworkPolicy({ namespace: stack.namespace, name });
  await said(
    /^Namespace \S+: lets in pods that Pod Security "baseline" allows/,
    /^NetworkPolicy default-deny is not there: what no policy names is open to all/,
    /^NetworkPolicy jaeger-query is not there: what it lets through is refused/,
  );
  await stack.up();
  expect((await status()).lines).toEqual([]);
});

test('a cordoned node is named while a pod waits for a place, and not otherwise', async () => {
  const [node = ''] = (await core.listNode()).items.map(({ metadata }) => metadata?.name ?? '');
  const unschedulable = (value: boolean) =>
    core.patchNode({ name: node, body: [{ op: 'add', path: '/spec/unschedulable', value }] });
  await unschedulable(true);
  try {
    expect((await status()).lines).toEqual([]);
    await kube.makeApiClient(AppsV1Api).patchNamespacedDeployment({
      namespace: stack.namespace,
      name: 'jaeger-query',
      body: [{ op: 'replace', path: '/spec/replicas', value: 2 }],
    });
    await secondsUntil('the node is named', async () => {
      const { lines } = await status();
      return {
        done: lines.includes(
          `Node ${node} is cordoned, and takes no new pods: kubectl uncordon ${node}, or add a node`,
        ),
        seen: lines,
      };
    });
  } finally {
    await unschedulable(false);
  }
});

/** What `status` says beside the workloads of the stack, and how it ends. */
async function status(): Promise<{ readonly exitCode: number | undefined; readonly lines: readonly string[] }> {
  const { exitCode, stdout } = await npmRun('status', ['--cluster', testCluster]);
  const lines = stdout.split('\n').flatMap((line) => {
    const [, place = '', text = ''] = /^ {2}(\S*) +(.*)$/.exec(line) ?? [];
    const isWorkload = /^(?:Deployment|DaemonSet|StatefulSet) \S+ \d/.test(text);
    return ['', stack.namespace].includes(place) && text !== '' && !isWorkload && !text.startsWith('at http')
      ? [text]
      : [];
  });
  return { exitCode, lines };
}

/** Waits until `status` says just this, in this order: budgets and autoscalers are looked at by controllers first. */
async function said(...expected: readonly RegExp[]): Promise<void> {
  await secondsUntil('said by status', async () => {
    const { lines } = await status();
    const done = lines.length === expected.length && expected.every((words, index) => words.test(lines[index] ?? ''));
    return { done, seen: lines };
  });
}

/** How the API answers who wants a pod of a component to go. */
async function evictionOf(component: string): Promise<unknown> {
  const { namespace } = stack;
  const pods = await listPods(kube, namespace);
  const pod = pods.find(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] === component);
  const name = pod?.metadata?.name ?? '';
  return core
    .createNamespacedPodEviction({ namespace, name, body: { metadata: { name, namespace } } })
    .catch((error: unknown) => error);
}

async function label(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
  const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  await core.patchNamespace({ name, body: { metadata: { labels } } }, merge);
}

/** A pod that waits for ever for a ConfigMap: it needs no image. */
async function createHeldPod(namespace: string, name: string): Promise<void> {
  const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  await core.createNamespacedPod({
    namespace,
    body: {
      metadata: { name },
      spec: {
        securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name,
            image: 'nobody/none:none',
            envFrom: [{ configMapRef: { name: 'absent' } }],
            securityContext: security,
          },
        ],
      },
    },
  });
}
