import { AppsV1Api, CoreV1Api, NetworkingV1Api, type V1NetworkPolicySpec, type V1Pod } from '@kubernetes/client-node';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tracesToLabel } from '../../infra/kubernetes/labels.ts';
import { npmRun, npmRunJson } from '../support/commands.ts';
import { sumOfMetric } from '../support/sumOfMetric.ts';
import { drainNode, uncordonNode } from './support/drainNode.ts';
import { describeHost } from './support/host.ts';
import { listPods } from './support/namespacePods.ts';
import { createPinnedPod, podPatience, runPinnedPod, waitForPod, type PinnedPod } from './support/pinnedPods.ts';
import { getFromPod } from './support/podHttp.ts';
import { startTwoNodeCluster, type TwoNodeCluster } from './support/twoNodeCluster.ts';

const TRACING = 'tracing';
const SERVER = ['redis-server', '--save', '', '--protected-mode', 'no'];
const resources = new AsyncDisposableStack();
let hostBefore: Awaited<ReturnType<typeof describeHost>>;
let cluster: TwoNodeCluster;
let core: CoreV1Api;
let first: string;
let worker: string;

beforeAll(async () => {
  await npmRun('down', ['--cluster', 'two-nodes']);
  hostBefore = await describeHost();
  cluster = resources.use(await startTwoNodeCluster('two-nodes'));
  core = cluster.kube.makeApiClient(CoreV1Api);
  [first, worker] = cluster.nodes;
  // Without --nodes: a cluster is used as it was made.
  await npmRunJson('up', ['--cluster', cluster.name, '--no-example'], { timeoutSeconds: 800 });
}, 900_000);
afterAll(() => resources.disposeAsync());

test('both nodes are ready, and the status has each', async () => {
  const { items } = await core.listNode();
  const ready = items.filter(({ status }) =>
    status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
  );
  expect(ready.map(({ metadata }) => metadata?.name).sort()).toEqual([first, worker]);
  const status = await npmRunJson('cluster', ['status', '--name', cluster.name]);
  expect(status).toMatchObject({ state: 'running', nodes: [{ name: first }, { name: worker }] });
  expect(status['parts']).toContainEqual({ name: `${worker}/kube-router`, ready: true });
  const { stdout } = await npmRun('cluster', ['logs', 'kubelet', '--name', cluster.name, '--node', worker]);
  expect(stdout).toContain(worker);
});

test('fewer nodes than there are is refused, with the way out', async () => {
  const { exitCode, stderr } = await npmRun('cluster', ['up', '--name', cluster.name, '--nodes', '1']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/has 2 nodes, and 1 is asked for.*"down"/s);
});

test('pods of different nodes talk to each other, and each sees the very address of the other', async () => {
  const namespace = await makeNamespace('try-route');
  for (const [server, client] of [
    [first, worker],
    [worker, first],
  ] as const) {
    const name = `server-on-${server}`;
    await createPinnedPod(cluster.kube, { namespace, name, node: server, command: SERVER });
    const address = (await waitForPod(cluster.kube, namespace, name)).status?.podIP ?? '';
    // The server says whose address it sees; the client says which is its own.
    const ask = `${retry(`redis-cli -h ${address} ping | grep PONG`)}; redis-cli -h ${address} client info; hostname -i`;
    const command = ['sh', '-c', ask];
    const { log, node } = await runPinnedPod(cluster.kube, { namespace, name: 'client', node: client, command });
    expect(node).toBe(client);
    const [, seen, own] = /addr=([\d.]+):\d+.*\n([\d.]+)\n$/s.exec(log) ?? [log];
    expect(own).toMatch(/^10\.244\./);
    expect(seen).toBe(own);
  }
});

test('a policy by pod labels holds between nodes: refused without the label, let in with it', async () => {
  const namespace = await makeNamespace('try-policy');
  await createPinnedPod(cluster.kube, { namespace, name: 'server', node: worker, command: SERVER });
  const address = (await waitForPod(cluster.kube, namespace, 'server')).status?.podIP ?? '';
  const reaches = async (labels: PinnedPod['labels'] = {}): Promise<boolean> => {
    const command = ['sh', '-c', retry(`timeout 1 redis-cli -h ${address} ping | grep PONG`)];
    return (await runPinnedPod(cluster.kube, { namespace, name: 'client', node: first, command, labels })).succeeded;
  };
  await vi.waitFor(async () => expect(await reaches()).toBe(true), podPatience);
  await createPolicy(namespace, 'default-deny', { podSelector: {}, policyTypes: ['Ingress'] });
  await vi.waitFor(async () => expect(await reaches()).toBe(false), podPatience);
  await createPolicy(namespace, 'allow-labelled', {
    podSelector: { matchLabels: { name: 'server' } },
    policyTypes: ['Ingress'],
    ingress: [{ _from: [{ podSelector: { matchLabels: { allowed: 'yes' } } }], ports: [{ port: 6379 }] }],
  });
  await vi.waitFor(async () => expect(await reaches({ allowed: 'yes' })).toBe(true), podPatience);
  expect(await reaches()).toBe(false);
});

test('a volume stays on its node, takes its pods there, and leaves nothing there when it goes', async () => {
  const namespace = await makeNamespace('try-volume');
  await core.createNamespacedPersistentVolumeClaim({
    namespace,
    body: {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
    },
  });
  const write = {
    namespace,
    name: 'writer',
    node: worker,
    claim: 'data',
    command: ['sh', '-c', 'echo kept > /data/file'],
  };
  expect(await runPinnedPod(cluster.kube, write)).toMatchObject({ succeeded: true });
  const read = { namespace, name: 'reader', claim: 'data', command: ['cat', '/data/file'] };
  expect(await runPinnedPod(cluster.kube, read)).toEqual({ succeeded: true, log: 'kept\n', node: worker });
  const { spec } = await core.readNamespacedPersistentVolumeClaim({ namespace, name: 'data' });
  const volume = await core.readPersistentVolume({ name: spec?.volumeName ?? '' });
  const directory = join(cluster.stateDirectory, 'nodes', '2', volume.spec?.local?.path ?? 'none');
  expect(await readFile(join(directory, 'file'), 'utf8')).toBe('kept\n');
  await core.deleteNamespacedPersistentVolumeClaim({ namespace, name: 'data' });
  await vi.waitFor(() => expect(existsSync(directory)).toBe(false), podPatience);
});

test.each(['jaeger-agent', 'jaeger-collector', 'jaeger-query'])('%s has one pod on each node', async (workload) => {
  expect(nodesOf(await podsOf(workload))).toEqual([first, worker]);
});

test('the Service of the agent leads a pod on each node to the agent of its own node, and to no other', async () => {
  const namespace = await makeNamespace('try-local', { [tracesToLabel]: TRACING });
  const agent = `jaeger-agent.${TRACING}.svc`;
  const requests = 20;
  // Each from another port: a Service that chose among both agents would choose the other one too.
  const send = `${retry(`curl -sf -m 2 'http://${agent}:5778/sampling?service=start'`)} || exit 1
    for i in $(seq ${String(requests)}); do
      curl -sf -m 5 'http://${agent}:5778/sampling?service=local' >/dev/null || exit 1
      bash -c 'echo -n packet >/dev/udp/${agent}/6831' || exit 1
    done`;
  for (const node of cluster.nodes) {
    const before = await agentCounts();
    const sent = await runPinnedPod(cluster.kube, { namespace, name: 'sender', node, command: ['sh', '-c', send] });
    expect(sent).toMatchObject({ succeeded: true, node });
    await vi.waitFor(async () => {
      const after = await agentCounts();
      const grown = (of: string, kind: 'requests' | 'packets'): number =>
        (after[of]?.[kind] ?? 0) - (before[of]?.[kind] ?? 0);
      const other = node === first ? worker : first;
      expect([grown(other, 'requests'), grown(other, 'packets')]).toEqual([0, 0]);
      expect(grown(node, 'packets')).toBe(requests);
      expect(grown(node, 'requests')).toBeGreaterThanOrEqual(requests);
    }, podPatience);
  }
});

/** However a test ends, the node takes pods again. */
function letBackIn(node: string): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => uncordonNode(cluster.kube, node) };
}

test('a drained node gives its pods to the other, where they become ready, and is whole again when it is let back in', async () => {
  const [storage] = await podsOf('elasticsearch');
  // A volume cannot move: its node is not the one to be drained.
  const drained = storage?.spec?.nodeName === first ? worker : first;
  const kept = drained === first ? worker : first;
  const before = await podsOf('jaeger-agent');
  await using _drained = letBackIn(drained);
  const evicted = await drainNode(cluster.kube, drained);
  const ours = new RegExp(`^${TRACING}/jaeger-(collector|query)-`);
  expect(evicted.filter((name) => ours.test(name))).toHaveLength(2);
  await vi.waitFor(async () => {
    for (const name of ['jaeger-collector', 'jaeger-query']) {
      expect(nodesOf(await podsOf(name))).toEqual([kept, kept]);
      expect(await readyReplicas(name)).toBe(2);
    }
  }, podPatience);
  // As everywhere: a drain leaves the pods of DaemonSets alone.
  expect(uidsOf(await podsOf('jaeger-agent'))).toEqual(uidsOf(before));
  await uncordonNode(cluster.kube, drained);
  await vi.waitFor(
    async () => expect((await npmRun('status', ['--cluster', cluster.name])).exitCode).toBe(0),
    podPatience,
  );
});

test('a worker that is lost is noticed by Kubernetes, told by the status, and started again by the next up', async () => {
  await npmRunJson('cluster', ['stop-node', worker, '--name', cluster.name]);
  const status = await npmRun('cluster', ['status', '--name', cluster.name, '--json']);
  expect(status.exitCode).toBe(1);
  expect(JSON.parse(status.stdout)).toMatchObject({
    state: 'degraded',
    parts: expect.arrayContaining([{ name: worker, ready: false, detail: 'the node does not run' }]) as unknown,
  });
  await vi.waitFor(async () => expect(await readyCondition(worker)).toBe('Unknown'), podPatience);
  await npmRunJson('cluster', ['up', '--name', cluster.name]);
  expect(await readyCondition(worker)).toBe('True');
  await vi.waitFor(
    async () => expect((await npmRun('status', ['--cluster', cluster.name])).exitCode).toBe(0),
    podPatience,
  );
});

test("after down, the host's interfaces, routes, mounts, firewall and cgroups are as before", async () => {
  await cluster[Symbol.asyncDispose]();
  expect(await describeHost()).toEqual(hostBefore);
});

async function makeNamespace(name: string, labels: Readonly<Record<string, string>> = {}): Promise<string> {
  await core.createNamespace({ body: { metadata: { name, labels: { ...labels } } } });
  return name;
}

async function createPolicy(namespace: string, name: string, spec: V1NetworkPolicySpec): Promise<void> {
  const networking = cluster.kube.makeApiClient(NetworkingV1Api);
  await networking.createNamespacedNetworkPolicy({ namespace, body: { metadata: { name }, spec } });
}

/** A shell's words that try a command for some seconds: a pod's own rules come after it, and a server takes a moment. */
function retry(command: string): string {
  return `(for attempt in $(seq 10); do ${command} && exit 0; sleep 0.3; done; exit 1)`;
}

async function podsOf(workload: string): Promise<readonly V1Pod[]> {
  const pods = await listPods(cluster.kube, TRACING);
  return pods.filter(
    ({ metadata, status }) =>
      metadata?.labels?.['app.kubernetes.io/name'] === workload &&
      metadata.deletionTimestamp === undefined &&
      status?.phase === 'Running',
  );
}

function nodesOf(pods: readonly V1Pod[]): readonly string[] {
  return pods.map(({ spec }) => spec?.nodeName ?? '').sort();
}

function uidsOf(pods: readonly V1Pod[]): readonly string[] {
  return pods.map(({ metadata }) => metadata?.uid ?? '').sort();
}

async function readyReplicas(name: string): Promise<number> {
  const apps = cluster.kube.makeApiClient(AppsV1Api);
  return (await apps.readNamespacedDeployment({ name, namespace: TRACING })).status?.readyReplicas ?? 0;
}

async function readyCondition(name: string): Promise<string | undefined> {
  const { status } = await core.readNode({ name });
  return status?.conditions?.find(({ type }) => type === 'Ready')?.status;
}

interface AgentCounts {
  /** For sampling strategies. */
  readonly requests: number;
  /** Datagrams to the port of compact thrift. */
  readonly packets: number;
}

/** What each node's agent says of itself. */
async function agentCounts(): Promise<Readonly<Record<string, AgentCounts>>> {
  const counts = (await podsOf('jaeger-agent')).map(async ({ metadata, spec }) => {
    const metrics = await getFromPod(cluster.kube, TRACING, metadata?.name ?? '', 14_271, '/metrics');
    const requests = sumOfMetric(metrics, 'jaeger_agent_http_server_requests_total');
    const packets = sumOfMetric(metrics, 'jaeger_agent_thrift_udp_server_packets_processed_total');
    return [spec?.nodeName ?? '', { requests, packets }] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
