// @spec S1.10
import { AppsV1Api, AutoscalingV2Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { testCluster } from '../support/commands.ts';
import { importTestImages } from '../support/testImages.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';
import { MetricsServer } from './support/metricsServer.ts';
import { podIdentities } from './support/namespacePods.ts';
import { rolledOut } from './support/rollout.ts';
import { shareElasticsearch } from './support/sharedElasticsearch.ts';
import { secondsUntil, statusOf } from './support/statusOf.ts';
import { SteadyLoad } from './support/steadyLoad.ts';
import { findStoredTraces } from './support/storedTraces.ts';
import { TestStack } from './support/testStack.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const apps = kube.makeApiClient(AppsV1Api);
const dev = readStackOutputs(inject('up')['outputs']).namespace;
const name = 'jaeger-collector';
const LIMIT_SECONDS = 300;
const resources = new AsyncDisposableStack();
let metrics: MetricsServer;
let stack: TestStack;
let application: ApplicationNamespace;

beforeAll(async () => {
  metrics = resources.use(await MetricsServer.start(kube));
  await importTestImages(testCluster, ['steady-load']);
  const amounts = (cpuMillicores: number) => ({ cpuMillicores, memoryMebibytes: 128 });
  const config = {
    environment: 'dev',
    storage: { kind: 'external', urls: [`http://elasticsearch.${dev}.svc:9200`], indexPrefix: 'autoscaling.e2e' },
    network: { queryNamespaces: ['autoscaling-applications'] },
    collector: {
      autoscaling: { minReplicas: 1, maxReplicas: 2, cpuPercent: 50 },
      // An idle collector uses a few thousandths of a core.
      resources: { requests: amounts(50), limits: amounts(1000) },
    },
  };
  stack = resources.use(await TestStack.create('autoscaling', { config }));
  application = resources.use(await ApplicationNamespace.create(kube, 'autoscaling-applications', stack.namespace));
  resources.use(await shareElasticsearch(kube, dev, stack.namespace));
  await stack.up();
}, 900_000);
afterAll(() => resources.disposeAsync());

test('under load a collector is added, without it one goes, and nothing that was acknowledged meanwhile is lost', async () => {
  const tracing = stack.namespace;
  // Goes on while a collector goes, and is so little that the one which is left has nothing to do.
  await using calm = await SteadyLoad.start(kube, application, { name: 'calm', tracing, spansPerSecond: 20 });
  await using busy = await SteadyLoad.start(kube, application, { name: 'busy', tracing, spansPerSecond: 600 });
  const added = await secondsUntil('a second collector', () => collectors(2), LIMIT_SECONDS);
  const before = await podIdentities(kube, tracing);
  // An up meanwhile leaves both.
  await stack.up();
  expect(await collectors(2)).toMatchObject({ done: true });
  expect(await podIdentities(kube, tracing)).toEqual(before);
  console.info(`a second collector after ${added.toFixed(0)} s of load`);
  await expectStored(busy, 5000);
  await withoutWindow();
  const gone = await secondsUntil('one collector again', () => collectors(1), LIMIT_SECONDS);
  console.info(`one collector again ${gone.toFixed(0)} s after the load, without the window of 300 s`);
  // It serves its clients for a while yet.
  await rolledOut(kube, { namespace: tracing, deployments: [name] });
  await expectStored(calm, 500);
});

test('metrics that are announced and do not come are named, with what to do', async () => {
  const lack =
    /^keeps the number of pods at \d, whatever their load: the cluster's resource metrics do not answer .*: see to metrics-server$/;
  const said = async () => (await statusOf(stack.namespace)).said[name];
  await scaleMetricsServer(0);
  try {
    await secondsUntil(
      'the lack is named',
      async () => {
        const seen = await said();
        return { done: lack.test(seen ?? ''), seen };
      },
      LIMIT_SECONDS,
    );
  } finally {
    // While the API is announced and nobody answers it, no namespace can be deleted.
    await scaleMetricsServer(1);
  }
  await secondsUntil(
    'nothing is lacking',
    async () => ({ done: (await said()) === '', seen: await said() }),
    LIMIT_SECONDS,
  );
});

/** Ends a load, every span of which must be acknowledged and stored. */
async function expectStored(load: SteadyLoad, atLeast: number): Promise<void> {
  const { report, acknowledgedTraces } = await load.stop();
  const { missing } = await findStoredTraces(kube, dev, acknowledgedTraces);
  expect([report.unacknowledged, missing]).toEqual([0, []]);
  expect(report.acknowledged).toBeGreaterThan(atLeast);
}

async function scaleMetricsServer(replicas: number): Promise<void> {
  const body = [{ op: 'replace', path: '/spec/replicas', value: replicas }];
  await apps.patchNamespacedDeployment({ namespace: metrics.namespace, name: 'metrics-server', body });
}

/** Whether the collectors are so many, all of them ready. */
async function collectors(count: number): Promise<{ readonly done: boolean; readonly seen: unknown }> {
  const { spec, status } = await apps.readNamespacedDeployment({ namespace: stack.namespace, name });
  const autoscaler = await kube
    .makeApiClient(AutoscalingV2Api)
    .readNamespacedHorizontalPodAutoscaler({ namespace: stack.namespace, name });
  const seen = { wanted: spec?.replicas, ready: status?.readyReplicas, autoscaler: autoscaler.status };
  return { done: seen.wanted === count && seen.ready === count, seen };
}

/** Kubernetes goes by the highest figure of the last five minutes before it takes a pod away: too long for a test. */
async function withoutWindow(): Promise<void> {
  await kube.makeApiClient(AutoscalingV2Api).patchNamespacedHorizontalPodAutoscaler({
    namespace: stack.namespace,
    name,
    body: [{ op: 'add', path: '/spec/behavior/scaleDown/stabilizationWindowSeconds', value: 0 }],
  });
}
