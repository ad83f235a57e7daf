import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { clustersDirectory, createClusterIdentity } from '../../tools/cluster/clusterIdentity.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { checkout, testCluster } from '../support/commands.ts';
import { importTestImages } from '../support/testImages.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';
import { pauseProcesses, podProcesses } from './support/podProcesses.ts';
import { podsOf, restartRollout, rolledOut } from './support/rollout.ts';
import { secondsUntil } from './support/statusOf.ts';
import { TestStack } from './support/testStack.ts';
import { describeDisturbance, disturbUnderLoad, type Disturbance } from './support/underLoad.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const resources = new AsyncDisposableStack();
const applicationName = 'rolling-load';
const deployments = ['jaeger-collector', 'jaeger-query'];
let stack: TestStack;
let application: ApplicationNamespace;

const config = (collector: Readonly<Record<string, unknown>> = {}, query: Readonly<Record<string, unknown>> = {}) => ({
  config: {
    environment: 'dev',
    collector: { replicas: 2, ...collector },
    query: { replicas: 2, ...query },
    network: { queryNamespaces: [applicationName] },
  },
});

beforeAll(async () => {
  await importTestImages(testCluster, ['steady-load']);
  stack = resources.use(await TestStack.create('rolling', config()));
  await stack.up();
  application = resources.use(await ApplicationNamespace.create(kube, applicationName, stack.namespace));
});
afterAll(() => resources.disposeAsync());

test('an `up` that replaces collectors and query services fails no query and loses no acknowledged span', async () => {
  await stack.configure(config({ queueSize: 3000 }, { resources: { limits: { memoryMebibytes: 300 } } }));
  expectNothingLost(await replaceUnderLoad('rolling-up', () => stack.up()));
});

test('`kubectl rollout restart` fails no query and loses no acknowledged span', async () => {
  const restart = () => restartRollout(kube, { namespace: stack.namespace, deployments });
  expectNothingLost(await replaceUnderLoad('rolling-restart', restart));
});

test('collectors that are killed while the storage stands still lose what they had acknowledged, and the counts say so', async () => {
  let untold = 0;
  const disturbance = await disturbUnderLoad(kube, application, options('rolling-killed'), async (load) => {
    const collectors = await processesOf('jaeger-collector', 'collector-linux');
    using paused = pauseProcesses(await processesOf('elasticsearch', 'java'));
    const { acknowledged } = await load.report();
    await secondsUntil('queries fail', async () => {
      const { queries } = await load.report();
      return { done: Object.values(queries).every(({ failed }) => failed > 0), seen: queries };
    });
    untold = (await load.report()).acknowledged - acknowledged;
    for (const pid of collectors) process.kill(pid, 'SIGKILL');
    // What was on its way when they ended is lost with them; nothing that they still do is.
    paused[Symbol.dispose]();
    await rolledOut(kube, { namespace: stack.namespace, deployments });
  });
  console.info(describeDisturbance(`${untold} spans acknowledged by who was killed`, disturbance));
  // One request of each collector was on its way, and Elasticsearch finds it when it goes on.
  expect(disturbance.lostSpans).toBeGreaterThan(untold / 2);
  expect(disturbance.failedQueries).toBeGreaterThan(0);
});

function options(name: string) {
  return { name, tracing: stack.namespace };
}

/** Every pod of both Deployments is another one at the end. */
async function replaceUnderLoad(name: string, change: () => Promise<unknown>): Promise<Disturbance> {
  const rollout = { namespace: stack.namespace, deployments };
  const before = new Set(await podsOf(kube, rollout));
  const disturbance = await disturbUnderLoad(kube, application, options(name), async () => {
    await change();
    await rolledOut(kube, rollout);
  });
  const after = new Set(await podsOf(kube, rollout));
  const kept = [...after].filter((pod) => before.has(pod));
  expect([before.size, after.size, kept]).toEqual([4, 4, []]);
  console.info(describeDisturbance(name, disturbance));
  return disturbance;
}

function expectNothingLost(disturbance: Disturbance): void {
  const { failedQueries, lostSpans, unacknowledgedSpans, acknowledgedSpans, queries } = disturbance;
  expect({ failedQueries, lostSpans, unacknowledgedSpans }).toEqual({
    failedQueries: 0,
    lostSpans: 0,
    unacknowledgedSpans: 0,
  });
  // A load that stood still would have lost nothing either.
  expect(acknowledgedSpans).toBeGreaterThan(2000);
  expect(queries).toBeGreaterThan(200);
}

/** On this machine. */
async function processesOf(component: string, program: string): Promise<readonly number[]> {
  const { cgroupName } = createClusterIdentity(testCluster, checkout, clustersDirectory(process.env));
  const pods = await podsOf(kube, { namespace: stack.namespace, deployments: [component] });
  return podProcesses(cgroupName, pods, program);
}
