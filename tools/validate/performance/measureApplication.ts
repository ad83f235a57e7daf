import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import autocannon from 'autocannon';
import { applicationMetricsPort } from '../../../infra/monitoring/scrapeTargets.ts';
import { forwardConnections } from '../../kube/forwardPort.ts';
import { componentOf, isCurrentPod, isReadyPod } from '../../kube/podState.ts';
import { openPodTunnel } from '../../kube/podTunnel.ts';
import { exampleNamespace } from '../../up/example.ts';
import { examplePorts, hasExample } from '../checks/runtime/exampleServices.ts';
import { sumOfSamples } from '../exposition.ts';
import { applicationStopReason, type ApplicationStep } from './applicationStep.ts';
import { busyParts } from './busyParts.ts';
import { climb, type Climb, type LoadBounds } from './climb.ts';
import { partsAtLimit } from './loadStep.ts';
import type { LoadContext } from './measurePipeline.ts';
import { readNodeProcessors, readProcessors } from './processors.ts';
import { readMetrics } from './readMetrics.ts';

const order = JSON.stringify({ customer: 'tracewright-load', sku: 'TEA-1', quantity: 1 });
const connectionsOfEach = 16;
const spanMetrics = { created: 'tracewright_spans_created_total', dropped: 'tracewright_spans_dropped_total' } as const;

/** Orders from the example's storefronts in steps, each twice the one before; undefined where no example of the stack's own is deployed. */
export async function measureApplication(
  context: LoadContext,
  bounds: LoadBounds,
): Promise<Climb<ApplicationStep> | undefined> {
  if (!(await hasExample(context.deployment))) return undefined;
  const kube = await context.deployment.kube();
  const { items: pods } = await kube
    .makeApiClient(CoreV1Api)
    .listNamespacedPod({ namespace: exampleNamespace, labelSelector: 'app.kubernetes.io/name' });
  const storefronts = pods.filter((pod) => componentOf(pod) === 'storefront' && isReadyPod(pod));
  if (storefronts.length === 0) return undefined;
  await using ways = new AsyncDisposableStack();
  const urls = await Promise.all(
    storefronts.map(async ({ metadata }) => {
      const open = () => openPodTunnel(kube, exampleNamespace, metadata?.name ?? '', examplePorts.http);
      return `http://127.0.0.1:${ways.use(await forwardConnections(open)).port}/checkout`;
    }),
  );
  const nodes = await readNodeProcessors(kube, [...new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []))]);
  return await climb(bounds, {
    unit: 'orders',
    signal: context.signal,
    load: (offered) => orderOnce({ kube, pods, nodes, urls, offered, seconds: bounds.stepSeconds }),
    report: (offered, { answered }) => context.report(`${offered} orders a second: ${answered.toFixed(0)} answered`),
    stopReason: applicationStopReason,
    saturated: ({ busy }) => partsAtLimit(busy).join('; ') || 'not seen: no part is near its limit',
  });
}

interface OrderParts {
  readonly kube: KubeConfig;
  readonly pods: readonly V1Pod[];
  readonly nodes: ReadonlyMap<string, number>;
  readonly urls: readonly string[];
  readonly offered: number;
  readonly seconds: number;
}

async function orderOnce({ kube, pods, nodes, urls, offered, seconds }: OrderParts): Promise<ApplicationStep> {
  const names = [...nodes.keys()];
  const [before, spansBefore] = await Promise.all([readProcessors(kube, names), readSpans(kube, pods)]);
  const own = process.cpuUsage();
  const results = await Promise.all(
    urls.map((url) =>
      autocannon({
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: order,
        connections: connectionsOfEach,
        overallRate: Math.max(1, Math.round(offered / urls.length)),
        duration: seconds,
        timeout: 10,
      }),
    ),
  );
  const { user, system } = process.cpuUsage(own);
  const [after, spansAfter] = await Promise.all([readProcessors(kube, names), readSpans(kube, pods)]);
  const sum = (read: (result: autocannon.Result) => number): number =>
    results.reduce((total, result) => total + read(result), 0);
  const slowest = (read: (result: autocannon.Result) => number): number => Math.max(...results.map(read)) / 1000;
  return {
    offered,
    answered: sum((result) => result['2xx'] + result.non2xx) / seconds,
    p50Seconds: slowest(({ latency }) => latency.p50),
    p99Seconds: slowest(({ latency }) => latency.p99),
    failed: sum(({ non2xx, errors }) => non2xx + errors),
    spansCreated: spansAfter.created - spansBefore.created,
    spansDropped: spansAfter.dropped - spansBefore.dropped,
    busy: [
      ...busyParts(pods, before, after, nodes),
      { name: 'this program, which sends the load', processors: (user + system) / 1e6 / seconds, limit: 1 },
    ],
  };
}

/**
 * What the tracers of the example have counted, over all its pods that have a port for metrics.
 *
 * @throws Error when one does not show them: what is missing would be taken for 0.
 */
export async function readSpans(
  kube: KubeConfig,
  pods: readonly V1Pod[],
): Promise<{ readonly created: number; readonly dropped: number }> {
  const shown = await Promise.all(
    pods.filter(isCurrentPod).flatMap(({ metadata, spec }) => {
      const ports = (spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
      const port = ports.find(({ name }) => name === applicationMetricsPort)?.containerPort;
      const target = { namespace: exampleNamespace, pod: metadata?.name ?? '' };
      return port === undefined ? [] : [readMetrics(kube, { ...target, port }, Object.values(spanMetrics))];
    }),
  );
  const sum = (name: string): number => shown.reduce((total, text) => total + sumOfSamples(text, { name }), 0);
  return { created: sum(spanMetrics.created), dropped: sum(spanMetrics.dropped) };
}
