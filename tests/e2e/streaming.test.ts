// @spec S1.10
import { AppsV1Api, AutoscalingV2Api, CoreV1Api, type V1Deployment, type V1Namespace } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { serviceNames } from '../../infra/jaeger/endpoints.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { forwardPort } from '../../tools/kube/forwardPort.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { testCluster, type CommandResult } from '../support/commands.ts';
import { hastened } from '../support/hastened.ts';
import { panelQuestions, withoutData } from '../support/panelQueries.ts';
import { importTestImages } from '../support/testImages.ts';
import { ends, fires } from './support/alerts.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';
import { attackInWords } from './support/attack/attackResult.ts';
import { streamingFlows } from './support/attack/streamingFlows.ts';
import { startStreamingMatrix } from './support/attack/streamingMatrix.ts';
import { componentMetric } from './support/componentMetric.ts';
import { KafkaTools } from './support/kafkaTools.ts';
import { MetricsServer } from './support/metricsServer.ts';
import { MonitoringNamespace, type Prometheus } from './support/prometheus.ts';
import {
  installMonitoringCrds,
  monitoredAddresses,
  readPodMonitors,
  readPrometheusRules,
} from './support/prometheusOperator.ts';
import { haste, readStackMonitoring, type StackMonitoring } from './support/stackMonitoring.ts';
import { traceComesBack } from './support/stackTraces.ts';
import { secondsUntil } from './support/statusOf.ts';
import { SteadyLoad, type SteadyLoadReport } from './support/steadyLoad.ts';
import { findStoredTraces } from './support/storedTraces.ts';
import { TestStack } from './support/testStack.ts';
import { expectSent, sendSpans } from './support/traceClients.ts';
import { isHealthy, isSaid } from './support/waitingCause.ts';
import { withoutPods } from './support/withoutPods.ts';

const clients = [
  'udp-compact',
  'udp-binary',
  'udp-zipkin-compact',
  'grpc',
  'thrift-http',
  'zipkin-v1-json',
  'zipkin-v1-thrift',
  'zipkin-v2-json',
  'zipkin-v2-protobuf',
  'otlp-grpc',
  'otlp-http',
] as const;

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const core = kube.makeApiClient(CoreV1Api);
const { ingester } = serviceNames;
const topic = 'jaeger-spans';
/** For what waits for several things, each with a limit of its own. */
const TEST_MILLIS = 1_200_000;
/** Little CPU for sure: a node of two cores has the main stack beside this one. */
const brokerResources = {
  requests: { cpuMillicores: 50, memoryMebibytes: 768 },
  limits: { cpuMillicores: 2000, memoryMebibytes: 768 },
};
const resources = new AsyncDisposableStack();
let stack: TestStack;
let namespace: string;
let application: ApplicationNamespace;
let tools: KafkaTools;
let monitoring: MonitoringNamespace;
let deployed: StackMonitoring;
let prometheus: Prometheus;
let answered: string;
let withoutCrds: CommandResult;
let namespacesWithoutCrds: readonly V1Namespace[];

beforeAll(async () => {
  await importTestImages(testCluster, ['steady-load', 'trace-clients']);
  const amounts = (cpuMillicores: number) => ({ cpuMillicores, memoryMebibytes: 192 });
  stack = await TestStack.create('streaming', {
    config: {
      environment: 'dev',
      strategy: 'streaming',
      streaming: { topic, partitions: 2, kafka: { kind: 'embedded', resources: brokerResources } },
      storage: { kind: 'embedded', heapMebibytes: 256, volumeGibibytes: 1 },
      ingester: {
        autoscaling: { minReplicas: 1, maxReplicas: 2, cpuPercent: 25 },
        resources: { requests: amounts(50), limits: amounts(1000) },
      },
      network: { queryNamespaces: ['streaming-applications'], prometheus: { namespace: 'streaming-monitoring' } },
      monitoring: { prometheusOperator: true, labels: { release: 'e2e' } },
    },
  });
  namespace = stack.namespace;
  withoutCrds = await stack.run('up', '--no-example');
  namespacesWithoutCrds = (await core.listNamespace({ fieldSelector: `metadata.name=${namespace}` })).items;
  resources.use(await installMonitoringCrds(kube));
  resources.use(stack);
  application = resources.use(await ApplicationNamespace.create(kube, 'streaming-applications', namespace));
  const [up] = await Promise.all([
    stack.up('--json'),
    MetricsServer.start(kube).then((started) => resources.use(started)),
    MonitoringNamespace.start(kube, 'streaming-monitoring').then((started) => (monitoring = resources.use(started))),
  ]);
  answered = up.stdout.split('\n').at(-1) ?? '';
  tools = resources.use(await KafkaTools.create(kube, application, namespace));
  deployed = await readStackMonitoring(kube, namespace);
  const rules = { 'rules.yml': stringify(hastened(deployed.rules, haste)) };
  ({ prometheus } = await monitoring.serve({ prometheus: { scrapeConfigs: deployed.scrapeConfigs, rules } }));
});
afterAll(() => resources.disposeAsync());

test('up names the kinds that a cluster without the Prometheus operator lacks, and changes nothing', () => {
  expect([withoutCrds.exitCode, withoutCrds.stderr]).toEqual([
    1,
    expect.stringMatching(
      /podmonitors\.monitoring\.coreos\.com, prometheusrules\.monitoring\.coreos\.com[^]*Nothing was deployed/,
    ),
  ]);
  expect(namespacesWithoutCrds).toEqual([]);
});

test('with its kinds there is a PodMonitor for what Prometheus scrapes by the file, and a rule for each alert', async () => {
  await secondsUntil('the same addresses', async () => {
    const scraped = (await prometheus.targets()).map(({ labels, scrapeUrl, health }) => {
      const { port, pathname } = new URL(scrapeUrl);
      return `${labels['pod'] ?? ''}:${port}${pathname} ${health}`;
    });
    const monitored = (await monitoredAddresses(kube, namespace)).map((address) => `${address} up`);
    const seen = { scraped: scraped.sort(), monitored };
    return { done: monitored.length >= 4 && JSON.stringify(seen.scraped) === JSON.stringify(monitored), seen };
  });
  const monitors = await readPodMonitors(kube, namespace);
  expect(monitors.map(({ metadata }) => metadata.labels['release'])).toEqual(monitors.map(() => 'e2e'));
  expect(await readPrometheusRules(kube, namespace)).toMatchObject({ items: [{ spec: deployed.rules }] });
});

test('a span in each protocol goes through Kafka, and is found as it was sent', async () => {
  const outputs = readStackOutputs(z.object({ outputs: z.unknown() }).parse(JSON.parse(answered)).outputs);
  const sent = await sendSpans(application, 'clients', outputs, clients);
  await using query = await forwardPort(kube, { namespace, service: serviceNames.query, podPort: 16_686 });
  for (const client of clients) await expectSent(`http://127.0.0.1:${query.port}`, sent, client);
  expect(await writtenToKafka('success')).toBeGreaterThanOrEqual(clients.length);
});

test('only collectors and ingesters reach Kafka, only ingesters the storage behind it, and only Prometheus an ingester', async () => {
  await using stranger = await ApplicationNamespace.create(kube, 'streaming-strangers');
  // Kafka's tools are let in from the application's namespace.
  await using labelled = await ApplicationNamespace.create(kube, 'streaming-labelled', namespace);
  const places = { stranger: stranger.name, labelled: labelled.name, scraper: 'streaming-monitoring' };
  await using matrix = await startStreamingMatrix({ kube, namespace, places });
  // Rules for a pod come a moment after it.
  const result = await matrix.runUntil(({ wrong }) => wrong.length === 0);
  console.info(`network: ${attackInWords(result)}`);
  expect([result.cells, result.wrong]).toEqual([streamingFlows().length, []]);
});

test(
  'under load an ingester is added, the storage is away for a while, and no span is lost',
  async () => {
    await using load = await startLoad('busy', 200);
    const added = await secondsUntil('a second ingester', twoIngesters, 240);
    {
      await using _away = await withoutPods(kube, 'StatefulSet', namespace, serviceNames.elasticsearch);
      // No write for a while, while spans come, is what the alert is about.
      await fires(monitoring, 'ElasticsearchNotWriting', 120);
    }
    await secondsUntil('the storage is there', storageIsReady, 180);
    const stored = await expectStored(load, 0);
    expect(stored.acknowledged).toBeGreaterThan(5000);
    console.info(`ingesters: the second after ${added.toFixed(0)} s; ${stored.acknowledged} spans, none lost`);
  },
  TEST_MILLIS,
);

test(
  'ingesters that are killed lose less than three seconds of the load, and read the rest again',
  async () => {
    await using load = await startLoad('killed', 100);
    const before = await load.report();
    const pods = await podsOf(ingester);
    for (const name of pods) await core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 });
    await secondsUntil(
      'other ingesters',
      async () => {
        const { status } = await readIngester();
        const seen = { pods: await podsOf(ingester), ready: status?.readyReplicas };
        return { done: seen.ready !== undefined && seen.pods.every((pod) => !pods.includes(pod)), seen };
      },
      180,
    );
    await traceComesBack(kube, namespace, 60);
    const after = await load.report();
    // What was in a bulk request that had not gone out (docs/adr/0016): 200 ms' worth, more where Elasticsearch is slow.
    const stored = await expectStored(load, 299);
    expect(stored.acknowledged).toBeGreaterThan(1000);
    expectWithin(stored.missing, before, after);
    console.info(`${pods.length} ingesters killed: ${stored.acknowledged} spans, ${stored.missing.length} lost`);
  },
  TEST_MILLIS,
);

test(
  'Kafka that is away is named, and spans come again by themselves: what came before and after is stored',
  async () => {
    await secondsUntil('all is well', () => isHealthy(namespace), 120);
    await using load = await startLoad('through-kafka', 100);
    const before = await load.report();
    const failed = await writtenToKafka('failure');
    const restarted = await restartsOf(serviceNames.collector);
    let named: number;
    {
      await using _away = await withoutPods(kube, 'StatefulSet', namespace, serviceNames.kafka);
      named = await secondsUntil('named', () => isSaid(namespace, { [serviceNames.collector]: /Kafka/ }), 180);
    }
    // A collector that Kafka's client has ended is started again ever more rarely, up to five minutes.
    const healthy = await secondsUntil('healthy again', () => isHealthy(namespace), 420);
    await traceComesBack(kube, namespace, 60);
    const after = await load.report();
    const { acknowledged, missing } = await expectStored(load, after.acknowledged - before.acknowledged);
    expectWithin(missing, before, after);
    const counted = (await writtenToKafka('failure')) - failed;
    const restarts = (await restartsOf(serviceNames.collector)) - restarted;
    console.info(
      `Kafka away: named after ${named.toFixed(0)} s; healthy ${healthy.toFixed(0)} s after it was there; ${missing.length} lost and ` +
        `${counted} counted, of ${acknowledged} that were acknowledged; ${restarts} restarts of collectors`,
    );
    // Kafka's client may end a collector, and what that has counted with it (docs/adr/0016).
    expect(restarts > 0 || counted >= missing.length).toBe(true);
  },
  TEST_MILLIS,
);

test('ingesters that are gone have an alert fired, which ends when they are back', async () => {
  {
    await using _gone = await withoutPods(kube, 'Deployment', namespace, ingester);
    await fires(monitoring, 'JaegerIngesterDown', 90);
  }
  await ends(monitoring, 'JaegerIngesterDown');
});

// Last: an ingester that holds such a message takes its whole grace period to end.
test('a message that is no span is counted, and spans behind it come', async () => {
  const tries = () => componentMetric(kube, namespace, ingester, 'jaeger_ingester_span_processor_retry_attempts_total');
  const before = await tries();
  await tools.run('kafka-console-producer', ['--topic', topic], 'no span\nnot this one\n');
  await secondsUntil('it is tried again', async () => {
    const seen = (await tries()) - before;
    return { done: seen > 0, seen };
  });
  await traceComesBack(kube, namespace, 60);
  expect(await restartsOf(ingester)).toBe(0);
});

test('every panel of the dashboard on streaming shows something', async () => {
  // Ingesters that have just begun have done nothing since they were scraped first.
  await using _load = await startLoad('panels', 50);
  const ask = (expression: string) => prometheus.query(expression);
  const text = deployed.dashboards['tracewright-streaming.json'] ?? '';
  await secondsUntil('every panel has data', async () => {
    const seen = await withoutData(await panelQuestions(text, ask, { rateInterval: '5m' }), ask);
    return { done: seen.length === 0, seen };
  });
});

function startLoad(name: string, spansPerSecond: number): Promise<SteadyLoad> {
  return SteadyLoad.start(kube, application, { name, tracing: namespace, spansPerSecond });
}

function writtenToKafka(status: 'success' | 'failure'): Promise<number> {
  return componentMetric(
    kube,
    namespace,
    serviceNames.collector,
    `jaeger_kafka_spans_written_total{status="${status}"}`,
  );
}

/** What a load came to. */
interface Stored {
  readonly acknowledged: number;
  /** What is not stored, by its place among what was acknowledged. */
  readonly missing: readonly number[];
}

/** Ends a load, and waits until all that was acknowledged is stored, but for so many spans at most. */
async function expectStored(load: SteadyLoad, mayBeLost: number): Promise<Stored> {
  const { report, acknowledgedTraces } = await load.stop();
  let missing: readonly string[] = acknowledgedTraces;
  await secondsUntil(
    'all spans are stored',
    async () => {
      ({ missing } = await findStoredTraces(kube, namespace, acknowledgedTraces));
      return { done: missing.length <= mayBeLost, seen: missing.length };
    },
    180,
  );
  expect(report.unacknowledged).toBe(0);
  const lost = new Set(missing);
  const places = acknowledgedTraces.flatMap((id, place) => (lost.has(id) ? [place] : []));
  return { acknowledged: report.acknowledged, missing: places };
}

/** What was lost was acknowledged between two reports of a load, or a few seconds earlier: a collector and Kafka's client keep some. */
function expectWithin(missing: readonly number[], before: SteadyLoadReport, after: SteadyLoadReport): void {
  const outside = missing.filter((place) => place < before.acknowledged - 300 || place > after.acknowledged);
  expect(outside).toEqual([]);
}

function readIngester(): Promise<V1Deployment> {
  return kube.makeApiClient(AppsV1Api).readNamespacedDeployment({ namespace, name: ingester });
}

async function storageIsReady(): Promise<{ done: boolean; seen: unknown }> {
  const asked = { namespace, name: serviceNames.elasticsearch };
  const { status } = await kube.makeApiClient(AppsV1Api).readNamespacedStatefulSet(asked);
  return { done: status?.readyReplicas === 1, seen: status };
}

async function twoIngesters(): Promise<{ done: boolean; seen: unknown }> {
  const { status } = await readIngester();
  const autoscalers = kube.makeApiClient(AutoscalingV2Api);
  const autoscaler = await autoscalers.readNamespacedHorizontalPodAutoscaler({ namespace, name: ingester });
  return { done: status?.readyReplicas === 2, seen: autoscaler.status };
}

async function podsOf(component: string): Promise<readonly string[]> {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: `app.kubernetes.io/name=${component}` });
  return items.map(({ metadata }) => metadata?.name ?? '');
}

async function restartsOf(component: string): Promise<number> {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: `app.kubernetes.io/name=${component}` });
  return items.reduce((sum, { status }) => sum + (status?.containerStatuses?.[0]?.restartCount ?? 0), 0);
}
