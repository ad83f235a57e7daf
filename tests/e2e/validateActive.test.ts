// @spec S1.2 S6.1
import { CoreV1Api, DiscoveryV1Api } from '@kubernetes/client-node';
import { expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { unresolvedGroups } from '../../tools/validate/simulateErrors/errorGroups.ts';
import { testCluster } from '../support/commands.ts';
import { validate } from '../support/validate/validateStack.ts';
import { examplePages } from './support/examplePages.ts';
import { secondsUntil } from './support/statusOf.ts';

const formats = [
  'Jaeger thrift over HTTP → jaeger-collector:14268',
  'Jaeger gRPC → jaeger-collector:14250',
  'OTLP over gRPC → jaeger-collector:4317',
  'OTLP over HTTP, protobuf → jaeger-collector:4318',
  'OTLP over HTTP, JSON → jaeger-collector:4318',
  'Zipkin 2, JSON → jaeger-collector:9411',
  'Zipkin 2, protobuf → jaeger-collector:9411',
  'Zipkin 1, JSON → jaeger-collector:9411',
  'Zipkin 1, thrift → jaeger-collector:9411',
  'agent, thrift compact over UDP → jaeger-agent:6831',
  'agent, thrift binary over UDP → jaeger-agent:6832',
  'agent, Zipkin thrift compact over UDP → jaeger-agent:5775',
];
const place = { namespace: 'tracing', name: 'jaeger-collector' };
const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const core = kube.makeApiClient(CoreV1Api);

/** Whether the cluster has followed: endpoints come a moment after the selector. */
async function noEndpoints(): Promise<{ done: boolean; seen: unknown }> {
  const labelSelector = `kubernetes.io/service-name=${place.name}`;
  const { namespace } = place;
  const { items } = await kube.makeApiClient(DiscoveryV1Api).listNamespacedEndpointSlice({ namespace, labelSelector });
  const seen = items.flatMap(({ endpoints }) => (endpoints as typeof endpoints | null) ?? []);
  return { done: seen.length === 0, seen };
}

/** What `validate --active` says of endpoints. */
async function validateEndpoints() {
  const { exitCode, report } = await validate(['--cluster', testCluster, '--active', '--only', 'endpoints']);
  const of = (id: string) => report.results.find(({ check }) => check === id)?.findings ?? [];
  return { exitCode, markers: of('markers-found'), services: of('services-lead') };
}

test('a span in each format is taken, and returned after some seconds', async () => {
  const { exitCode, markers } = await validateEndpoints();
  expect(markers.map(({ subject, outcome }) => ({ subject, outcome }))).toEqual(
    formats.map((subject) => ({ subject, outcome: 'ok' })),
  );
  expect(markers.every(({ seconds = 0 }) => seconds > 0 && seconds < 30)).toBe(true);
  expect(exitCode).toBe(0);
});

test('a Service that leads to nobody is named, and each format of collectors with it', async () => {
  const { spec } = await core.readNamespacedService(place);
  const selector = spec?.selector ?? {};
  const patch = (value: object) =>
    core.patchNamespacedService({ ...place, body: [{ op: 'replace', path: '/spec/selector', value }] });
  await patch({ ...selector, 'app.kubernetes.io/name': 'nobody' });
  try {
    await secondsUntil('endpoints without pods', noEndpoints, 60);
    const { exitCode, markers, services } = await validateEndpoints();
    const failed = markers.filter(({ outcome }) => outcome === 'failed').map(({ subject }) => subject);
    expect(failed).toEqual(formats.filter((subject) => subject.includes('jaeger-collector')));
    expect(services.filter(({ outcome }) => outcome === 'failed').map(({ subject }) => subject)).toEqual([
      'Service tracing/jaeger-collector',
    ]);
    expect(exitCode).toBe(4);
  } finally {
    await patch(selector);
  }
});

/** The groups of errors of the example that nobody has resolved. */
async function openGroups(): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const page of await examplePages(kube))
    for (const id of await unresolvedGroups(page, AbortSignal.timeout(10_000))) ids.add(id);
  return ids;
}

test('an order and a failing one are followed, and the error that was provoked is resolved', async () => {
  const before = await openGroups();
  const { report } = await validate(['--cluster', testCluster, '--active', '--only', 'runtime']);
  const followed = report.results.find(({ check }) => check === 'example-followed')?.findings ?? [];
  expect(followed.map(({ subject, outcome }) => [subject.split(' ')[0], outcome])).toEqual(
    ['trace', 'requests', 'tracewright_requests_duration_seconds_count', 'log', 'errors'].map((what) => [what, 'ok']),
  );
  // The page shares an answer for a second.
  await secondsUntil(
    'no group is left',
    async () => {
      const left = [...(await openGroups())].filter((id) => !before.has(id));
      return { done: left.length === 0, seen: left };
    },
    10,
  );
});
