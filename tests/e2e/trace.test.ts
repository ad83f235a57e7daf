// @spec S1.1 S2.2 S2.4 S7.1
import { CoreV1Api } from '@kubernetes/client-node';
import { expect, inject, test } from 'vitest';
import { expectedCheckoutTrace, type ExpectedSpan } from '../../examples/checkout/expectedTrace.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { fetchTrace, readTrace, type QuerySpan, type QueryTrace } from '../../tools/up/readTrace.ts';
import { requestExample } from '../../tools/up/traceRequest.ts';
import { sumOfMetric } from '../support/sumOfMetric.ts';
import { getFromPod } from './support/podHttp.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const queryUrl = String(inject('up')['uiUrl']);

test('the trace that up names has every span of the request, each under its parent', async () => {
  const trace = await fetchTrace(queryUrl, String(inject('up')['traceId']));
  expect(trace === undefined ? undefined : treeOf(trace)).toEqual(sorted(expectedCheckoutTrace));
});

test('a new request makes a trace of its own, whole within seconds', async () => {
  const sent = await requestExample(kube, () => undefined);
  const trace = await readTrace(queryUrl, sent.traceId, sent.spanCount, 60, () => undefined);
  expect(treeOf(trace)).toEqual(sorted(expectedCheckoutTrace));
});

test('PostgreSQL and Redis spans say which server they asked, and no span holds a password', async () => {
  const trace = await fetchTrace(queryUrl, String(inject('up')['traceId']));
  const systems = new Set(
    trace?.spans.flatMap(({ tags }) => tags.filter(({ key }) => /^db\.system/.test(key)).map(({ value }) => value)),
  );
  expect([...systems].sort()).toEqual(['postgresql', 'redis']);
  const secret = await kube
    .makeApiClient(CoreV1Api)
    .readNamespacedSecret({ namespace: 'checkout', name: 'postgres-credentials' });
  const password = Buffer.from(secret.data?.['password'] ?? '', 'base64').toString();
  expect(password.length).toBeGreaterThan(16);
  expect(JSON.stringify(trace)).not.toContain(password);
});

test('the agent balances: both collectors receive spans', async () => {
  const pods = await kube
    .makeApiClient(CoreV1Api)
    .listNamespacedPod({ namespace: 'tracing', labelSelector: 'app.kubernetes.io/name=jaeger-collector' });
  const names = pods.items.map(({ metadata }) => metadata?.name ?? '');
  expect(names).toHaveLength(2);
  for (let round = 0; round < 20; round++) {
    const received = await Promise.all(names.map(spansReceived));
    if (received.every((count) => count > 0)) return;
    await requestExample(kube, () => undefined);
  }
  throw new Error(`only one collector receives: ${(await Promise.all(names.map(spansReceived))).join(' and ')} spans`);
});

test('the address of the trace shows a page that works without the Jaeger UI bundle, and says so', async () => {
  const response = await fetch(String(inject('up')['traceUrl']));
  expect([response.status, inject('up')['jaegerUi']]).toEqual([200, false]);
  expect(await response.text()).toContain('no Jaeger UI bundle');
});

async function spansReceived(pod: string): Promise<number> {
  return sumOfMetric(
    await getFromPod(kube, 'tracing', pod, 14269, '/metrics'),
    'jaeger_collector_spans_received_total',
  );
}

/** The spans as a tree of the same form as the expected one. */
function treeOf({ spans, processes }: QueryTrace): ExpectedSpan {
  const parentOf = (span: QuerySpan): string | undefined =>
    span.references.find(({ refType }) => refType === 'CHILD_OF')?.spanID;
  const build = (span: QuerySpan): ExpectedSpan => ({
    service: processes[span.processID]?.serviceName ?? '',
    name: span.operationName,
    kind: kindOf(span),
    children: spans.filter((other) => parentOf(other) === span.spanID).map(build),
  });
  const roots = spans.filter((span) => parentOf(span) === undefined);
  expect(roots).toHaveLength(1);
  const [root] = roots;
  if (root === undefined) throw new Error('a trace has a root');
  return sorted(build(root));
}

function kindOf({ tags }: QuerySpan): ExpectedSpan['kind'] {
  const kind = tags.find(({ key }) => key === 'span.kind')?.value;
  return kind === 'server' || kind === 'client' ? kind : 'internal';
}

/** Siblings by name: some of them start within the same microsecond. */
function sorted(span: ExpectedSpan): ExpectedSpan {
  return { ...span, children: span.children.map(sorted).sort((a, b) => a.name.localeCompare(b.name)) };
}
