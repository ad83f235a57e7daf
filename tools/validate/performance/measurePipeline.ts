import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { collectorPorts, queryPorts } from '../../../infra/jaeger/ports.ts';
import { forwardConnections, forwardPort } from '../../kube/forwardPort.ts';
import { componentOf, isReadyPod } from '../../kube/podState.ts';
import { openPodTunnel } from '../../kube/podTunnel.ts';
import { fetchTrace } from '../../up/readTrace.ts';
import { NotCheckableError, type Deployment } from '../deployment.ts';
import { busyParts } from './busyParts.ts';
import { climb, type Climb, type LoadBounds } from './climb.ts';
import { lossesBetween, readCounters, type Counters } from './counters.ts';
import { saturatedPart, stopReason, totalOf, type LoadStep } from './loadStep.ts';
import { readNodeProcessors, readProcessors } from './processors.ts';
import { loadWithSpans, type SpanLoadResult } from './spanLoad.ts';

/** What a load needs beside a deployment. */
export interface LoadContext {
  readonly deployment: Pick<Deployment, 'kube' | 'config' | 'pods' | 'stack'>;
  readonly signal: AbortSignal;
  readonly nowMillis: () => number;
  readonly report: (text: string) => void;
}

const findMillis = 20_000;
const pollMillis = 200;
const drainSeconds = 30;

/** Loads the collectors in steps, each twice the one before, until something gives way or the bound is reached. */
export async function measurePipeline(context: LoadContext, bounds: LoadBounds): Promise<Climb<LoadStep>> {
  const kube = await context.deployment.kube();
  const pods = await context.deployment.pods();
  await using ways = new AsyncDisposableStack();
  const collectors = await forwardCollectors(kube, pods, ways);
  const { namespace, query: settings } = await context.deployment.config();
  const nodes = await readNodeProcessors(kube, [...new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []))]);
  const query = ways.use(
    await forwardPort(kube, { namespace, service: serviceNames.query, podPort: queryPorts.http.number }),
  );
  const queryUrl = `http://127.0.0.1:${query.port}${settings.basePath ?? ''}`;
  return await climb(bounds, {
    unit: 'spans',
    signal: context.signal,
    load: (offered) => loadOnce(context, { kube, pods, nodes, collectors, queryUrl, offered, bounds }),
    report: (offered, { acknowledged }) =>
      context.report(`${offered} spans a second: ${acknowledged.toFixed(0)} taken`),
    stopReason,
    saturated: saturatedPart,
  });
}

async function forwardCollectors(
  kube: KubeConfig,
  pods: readonly V1Pod[],
  ways: AsyncDisposableStack,
): Promise<readonly string[]> {
  const collectors = pods.filter((pod) => componentOf(pod) === serviceNames.collector && isReadyPod(pod));
  if (collectors.length === 0)
    throw new NotCheckableError('no collector is ready to take a load', '`npm run status` says what they wait for');
  return Promise.all(
    collectors.map(async ({ metadata }) => {
      const { namespace = '', name = '' } = metadata ?? {};
      const open = () => openPodTunnel(kube, namespace, name, collectorPorts.otlpHttp.number);
      return `http://127.0.0.1:${ways.use(await forwardConnections(open)).port}`;
    }),
  );
}

interface StepParts {
  readonly kube: KubeConfig;
  readonly pods: readonly V1Pod[];
  /** Processors of each node. */
  readonly nodes: ReadonlyMap<string, number>;
  readonly collectors: readonly string[];
  readonly queryUrl: string;
  readonly offered: number;
  readonly bounds: LoadBounds;
}

async function loadOnce(context: LoadContext, parts: StepParts): Promise<LoadStep> {
  const { signal, nowMillis } = context;
  const { kube, pods, offered } = parts;
  const nodes = [...parts.nodes.keys()];
  const service = `tracewright-load-${offered}`;
  const [before, processorsBefore] = await Promise.all([
    readCounters(kube, pods, service),
    readProcessors(kube, nodes),
  ]);
  const own = process.cpuUsage();
  const markers: Promise<number | undefined>[] = [];
  const loaded = await loadWithSpans({
    collectors: parts.collectors,
    service,
    spansPerSecond: offered,
    seconds: parts.bounds.stepSeconds,
    signal,
    nowMillis,
    onMarker: (traceId) => markers.push(untilSearchable(context, parts.queryUrl, traceId)),
  });
  const { user, system } = process.cpuUsage(own);
  const atEnd = await readCounters(kube, pods, service);
  const processorsAfter = await readProcessors(kube, nodes);
  const found = await Promise.all(markers);
  const after = await drained(context, { ...parts, service }, before, loaded.acknowledged);
  return {
    ...pace(offered, loaded),
    searchableSeconds: found.filter((seconds) => seconds !== undefined),
    notFound: found.filter((seconds) => seconds === undefined).length,
    lost: lossesBetween(before, after),
    unaccounted: Math.max(0, loaded.acknowledged - accountedFor(before, after)),
    queueShare: atEnd.queueCapacity === 0 ? 0 : atEnd.queued / atEnd.queueCapacity,
    lag: after.lag,
    busy: [
      ...busyParts(pods, processorsBefore, processorsAfter, parts.nodes),
      { name: 'this program, which sends the load', processors: (user + system) / 1e6 / loaded.seconds, limit: 1 },
    ],
  };
}

function pace(offered: number, loaded: SpanLoadResult) {
  const { sent, acknowledged, refused, seconds, heldBack } = loaded;
  return {
    offered,
    acknowledged: acknowledged / seconds,
    sentSpans: sent,
    acknowledgedSpans: acknowledged,
    refused: Object.fromEntries(refused),
    heldBack,
  };
}

/** Reads until every acknowledged span is accounted for, and nothing waits; for half a minute at most. */
async function drained(
  { signal, nowMillis }: LoadContext,
  { kube, pods, service }: Pick<StepParts, 'kube' | 'pods'> & { readonly service: string },
  before: Counters,
  acknowledged: number,
): Promise<Counters> {
  const deadline = nowMillis() + drainSeconds * 1000;
  for (;;) {
    const now = await readCounters(kube, pods, service);
    const done = accountedFor(before, now) >= acknowledged && now.queued === 0 && now.lag === 0;
    if (done || nowMillis() > deadline) return now;
    await sleep(500, undefined, { signal });
  }
}

function accountedFor(before: Counters, after: Counters): number {
  return after.saved - before.saved + totalOf(lossesBetween(before, after)) + after.queued;
}

/** Seconds from now until the query service returns a trace; undefined when it does not in time. */
async function untilSearchable(
  { signal, nowMillis }: LoadContext,
  queryUrl: string,
  traceId: string,
): Promise<number | undefined> {
  const sent = nowMillis();
  while (nowMillis() - sent < findMillis && !signal.aborted) {
    // A query service under load may refuse: it is asked again.
    const trace = await fetchTrace(queryUrl, traceId).catch(() => undefined);
    if (trace !== undefined) return (nowMillis() - sent) / 1000;
    await sleep(pollMillis);
  }
  return undefined;
}
