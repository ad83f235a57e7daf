import {
  CoreV1Api,
  NetworkingV1Api,
  type V1Container,
  type V1NetworkPolicySpec,
  type V1Pod,
  type V1PodSpec,
} from '@kubernetes/client-node';
import { readFile } from 'node:fs/promises';
import { existsSync, readlinkSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, inject, test, vi } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';

const kubeconfigPath = inject('kubeconfigPath');
const stateDirectory = dirname(kubeconfigPath);
const kube = loadKubeConfig({ kubeconfigPath });
const core = kube.makeApiClient(CoreV1Api);
const networking = kube.makeApiClient(NetworkingV1Api);
const PATIENCE = { timeout: 60_000, interval: 250 };

test('a policy really blocks: a server answers without one, not under default-deny, and again when allowed', async () => {
  await using namespace = await makeNamespace('try-policy');
  const { name } = namespace;
  await createPod(name, 'server', { containers: [redis(['redis-server', '--save', '', '--protected-mode', 'no'])] });
  await vi.waitFor(async () => expect((await readPod(name, 'server')).status?.phase).toBe('Running'), PATIENCE);
  const server = (await readPod(name, 'server')).status?.podIP ?? '';
  // Until the server listens; the cases below ask once each and have had their start.
  await vi.waitFor(async () => expect(await canReach(name, server)).toBe(true), PATIENCE);
  await createPolicy(name, 'default-deny', { podSelector: {}, policyTypes: ['Ingress'] });
  await vi.waitFor(async () => expect(await canReach(name, server)).toBe(false), PATIENCE);
  await createPolicy(name, 'allow-client', {
    podSelector: { matchLabels: { name: 'server' } },
    policyTypes: ['Ingress'],
    ingress: [{ _from: [{ podSelector: { matchLabels: { allowed: 'yes' } } }], ports: [{ port: 6379 }] }],
  });
  await vi.waitFor(async () => expect(await canReach(name, server, { allowed: 'yes' })).toBe(true), PATIENCE);
  expect(await canReach(name, server)).toBe(false);
});

test('a namespace that enforces Pod Security "restricted" refuses a privileged pod', async () => {
  await using namespace = await makeNamespace('try-restricted', { 'pod-security.kubernetes.io/enforce': 'restricted' });
  const container = { ...redis(['sleep', '60']), securityContext: { privileged: true } };
  await expect(createPod(namespace.name, 'privileged', { containers: [container] })).rejects.toMatchObject({
    code: 403,
    body: expect.stringContaining('violates PodSecurity \\"restricted') as string,
  });
});

test('the default storage class gives a claim a directory, which goes with the claim', async () => {
  await using namespace = await makeNamespace('try-storage');
  const { name } = namespace;
  await core.createNamespacedPersistentVolumeClaim({
    namespace: name,
    body: {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
    },
  });
  await createPod(name, 'writer', {
    containers: [
      {
        ...redis(['sh', '-c', 'echo kept > /data/file']),
        securityContext: { runAsUser: 0 },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
  });
  expect(await exitOf(name, 'writer')).toBe(true);
  const claim = await core.readNamespacedPersistentVolumeClaim({ namespace: name, name: 'data' });
  expect(claim.status?.phase).toBe('Bound');
  const { spec } = await core.readPersistentVolume({ name: claim.spec?.volumeName ?? '' });
  const directory = join(stateDirectory, spec?.local?.path ?? spec?.hostPath?.path ?? 'no directory');
  expect(await readFile(join(directory, 'file'), 'utf8')).toBe('kept\n');
  await core.deleteNamespacedPod({ namespace: name, name: 'writer', gracePeriodSeconds: 0 });
  await core.deleteNamespacedPersistentVolumeClaim({ namespace: name, name: 'data' });
  await vi.waitFor(() => expect(existsSync(directory)).toBe(false), PATIENCE);
});

test('a request without credentials is answered with 401', async () => {
  expect(await statusWithoutCredentials('/api')).toBe(401);
});

test("only the owner can read the kubeconfig and enter the cluster's state", () => {
  expect(statSync(kubeconfigPath).mode & 0o777).toBe(0o600);
  expect(statSync(stateDirectory).mode & 0o777).toBe(0o700);
});

test('the API and the gateway listen on 127.0.0.1 alone, and the node has a network of its own', async () => {
  const ports = [new URL(kube.getCurrentCluster()?.server ?? '').port, new URL(String(inject('up')['uiUrl'])).port];
  const addresses = Object.values(networkInterfaces()).flatMap((infos) => infos ?? []);
  const outside = addresses.filter(({ internal, family }) => !internal && family === 'IPv4');
  expect(outside.length).toBeGreaterThan(0);
  for (const port of ports.map(Number)) {
    expect([port, await accepts('127.0.0.1', port)]).toEqual([port, true]);
    for (const { address } of outside)
      expect([address, port, await accepts(address, port)]).toEqual([address, port, false]);
  }
  const { pid } = JSON.parse(await readFile(join(stateDirectory, 'init.json'), 'utf8')) as { readonly pid: number };
  expect(readlinkSync(`/proc/${pid}/ns/net`)).not.toBe(readlinkSync('/proc/self/ns/net'));
});

test('of the node, the host reaches the API server, not what the node alone asks', async () => {
  const { link } = JSON.parse(await readFile(join(stateDirectory, 'cluster.json'), 'utf8')) as {
    readonly link: { readonly nodeAddress: string };
  };
  const ports = [6443, 2379, 10248, 10249, 10250, 10256, 10257, 10259, 20244];
  const reached = await Promise.all(ports.map((port) => accepts(link.nodeAddress, port)));
  expect(ports.filter((_, index) => reached[index])).toEqual([6443]);
});

type Container = Pick<V1Container, 'name' | 'image' | 'imagePullPolicy' | 'command'>;
type PodSpec = Pick<V1PodSpec, 'containers' | 'volumes'>;

interface OwnNamespace extends AsyncDisposable {
  readonly name: string;
}

async function makeNamespace(name: string, labels: Readonly<Record<string, string>> = {}): Promise<OwnNamespace> {
  await core.createNamespace({ body: { metadata: { name, labels: { ...labels } } } });
  return {
    name,
    [Symbol.asyncDispose]: async () => {
      await core.deleteNamespace({ name });
      await vi.waitFor(() => expect(core.readNamespace({ name })).rejects.toMatchObject({ code: 404 }), PATIENCE);
    },
  };
}

function redis(command: readonly string[]): Container {
  return { name: 'main', image: 'redis:7', imagePullPolicy: 'IfNotPresent', command: [...command] };
}

async function createPod(
  namespace: string,
  name: string,
  spec: PodSpec,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  await core.createNamespacedPod({
    namespace,
    body: { metadata: { name, labels: { name, ...labels } }, spec: { restartPolicy: 'Never', ...spec } },
  });
}

function readPod(namespace: string, name: string): Promise<V1Pod> {
  return core.readNamespacedPod({ namespace, name });
}

async function createPolicy(namespace: string, name: string, spec: V1NetworkPolicySpec): Promise<void> {
  await networking.createNamespacedNetworkPolicy({ namespace, body: { metadata: { name }, spec } });
}

/** Whether a new pod gets an answer from the server; it tries for five seconds, because its own rules come after it. */
async function canReach(
  namespace: string,
  server: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const name = 'client';
  const ask = `for attempt in 1 2 3 4 5; do [ "$(timeout 1 redis-cli -h ${server} ping)" = PONG ] && exit 0; sleep 0.2; done; exit 1`;
  await createPod(namespace, name, { containers: [redis(['sh', '-c', ask])] }, labels);
  try {
    return await exitOf(namespace, name);
  } finally {
    await core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 });
    await vi.waitFor(() => expect(readPod(namespace, name)).rejects.toMatchObject({ code: 404 }), PATIENCE);
  }
}

/** Waits for a pod's end: true when it succeeded. */
async function exitOf(namespace: string, name: string): Promise<boolean> {
  const phase = await vi.waitFor(async () => {
    const { status } = await readPod(namespace, name);
    expect(status?.phase).toMatch(/^(Succeeded|Failed)$/);
    return status?.phase;
  }, PATIENCE);
  return phase === 'Succeeded';
}

function statusWithoutCredentials(path: string): Promise<number | undefined> {
  const { server = '', caData = '' } = kube.getCurrentCluster() ?? {};
  return new Promise((resolve, reject) => {
    request(new URL(path, server), { ca: Buffer.from(caData, 'base64'), agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const answer = (value: boolean) => (): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false));
  });
}
