// @spec S1.1 S1.3 S1.4
import { AppsV1Api, CoreV1Api, VersionApi, type V1Container, type V1PodSpec } from '@kubernetes/client-node';
import { beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const core = kube.makeApiClient(CoreV1Api);
const apps = kube.makeApiClient(AppsV1Api);
const namespace = 'tracing';
const pods: { readonly name: string; readonly spec: V1PodSpec }[] = [];

beforeAll(async () => {
  const { items } = await core.listNamespacedPod({ namespace });
  // Not those of the index cleaner, which come and go.
  for (const { metadata, spec } of items)
    if (spec?.restartPolicy === 'Always') pods.push({ name: metadata?.name ?? '', spec });
});

test('the cluster is Kubernetes 1.34', async () => {
  expect((await kube.makeApiClient(VersionApi).getCode()).gitVersion).toMatch(/^v1\.34\./);
});

test('two collectors, two query services, an agent on the node and one Elasticsearch are ready', async () => {
  const [deployments, daemons, sets] = await Promise.all([
    apps.listNamespacedDeployment({ namespace }),
    apps.listNamespacedDaemonSet({ namespace }),
    apps.listNamespacedStatefulSet({ namespace }),
  ]);
  const ready = Object.fromEntries([
    ...deployments.items.map((d) => [d.metadata?.name, d.status?.readyReplicas]),
    ...daemons.items.map((d) => [d.metadata?.name, d.status?.numberReady]),
    ...sets.items.map((s) => [s.metadata?.name, s.status?.readyReplicas]),
  ]) as Record<string, number>;
  expect(ready).toEqual({ 'jaeger-collector': 2, 'jaeger-query': 2, 'jaeger-agent': 1, elasticsearch: 1 });
});

test('every image is the one that a real cluster pulls, of Jaeger 1.50.0', () => {
  const images = new Set(pods.flatMap(({ spec }) => spec.containers.map(({ image }) => image)));
  expect([...images].sort()).toEqual([
    'elasticsearch:7.17.10',
    'jaegertracing/jaeger-agent:1.50.0',
    'jaegertracing/jaeger-collector:1.50.0',
    'jaegertracing/jaeger-query:1.50.0',
  ]);
});

test('every container has requests and limits for CPU and memory', () => {
  expect(allContainers().filter(({ resources }) => !hasAll(resources?.requests) || !hasAll(resources?.limits))).toEqual(
    [],
  );
});

test('every long-running container has three probes, and liveness and readiness ask different questions', () => {
  for (const { name, livenessProbe, readinessProbe, startupProbe } of pods.flatMap(({ spec }) => spec.containers)) {
    const asks = [livenessProbe, readinessProbe].map((probe) =>
      JSON.stringify([probe?.httpGet, probe?.tcpSocket, probe?.exec]),
    );
    expect([name, livenessProbe === undefined, readinessProbe === undefined, startupProbe === undefined]).toEqual([
      name,
      false,
      false,
      false,
    ]);
    expect(asks[0]).not.toBe(asks[1]);
  }
});

test('the namespace enforces Pod Security "restricted", and every container keeps to it', async () => {
  const { metadata } = await core.readNamespace({ name: namespace });
  expect(metadata?.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
  for (const { securityContext } of allContainers()) {
    expect(securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  }
});

test('no pod carries a token for the API server, nor variables of other services', () => {
  for (const { spec } of pods)
    expect([spec.automountServiceAccountToken, spec.enableServiceLinks]).toEqual([false, false]);
});

test('the agent finds each collector through a headless service', async () => {
  const { spec } = await core.readNamespacedService({ namespace, name: 'jaeger-collector-headless' });
  expect(spec?.clusterIP).toBe('None');
});

test('the outputs name the services that exist', async () => {
  const { items } = await core.listNamespacedService({ namespace });
  const services = items.map(({ metadata }) => metadata?.name ?? '').sort();
  expect(services).toEqual([
    'elasticsearch',
    'jaeger-agent',
    'jaeger-collector',
    'jaeger-collector-headless',
    'jaeger-query',
  ]);
  expect(inject('up')['outputs']).toMatchObject({
    namespace,
    jaegerVersion: '1.50.0',
    agent: { host: 'jaeger-agent.tracing.svc', thriftBinaryPort: 6832 },
    query: { url: 'http://jaeger-query.tracing.svc:16686' },
    environment: { TRACEWRIGHT_AGENT_HOST: 'jaeger-agent.tracing.svc', TRACEWRIGHT_AGENT_PORT: '6832' },
  });
});

function allContainers(): V1Container[] {
  return pods.flatMap(({ spec }) => [...spec.containers, ...(spec.initContainers ?? [])]);
}

function hasAll(quantities: Readonly<Record<string, string>> | undefined): boolean {
  return quantities?.['cpu'] !== undefined && quantities['memory'] !== undefined;
}
