import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { npmRunJson } from '../support/commands.ts';
import type { ApplicationNamespace } from './support/applicationNamespace.ts';
import { drainNode } from './support/drainNode.ts';
import { deployOnBothNodes, loadedRollout, spreadOver } from './support/loadedStack.ts';
import { rolledOut } from './support/rollout.ts';
import { secondsUntil } from './support/statusOf.ts';
import { failures } from './support/steadyLoad.ts';
import { startTwoNodeCluster, type TwoNodeCluster } from './support/twoNodeCluster.ts';
import { describeDisturbance, disturbUnderLoad } from './support/underLoad.ts';

const resources = new AsyncDisposableStack();
let cluster: TwoNodeCluster;
let application: ApplicationNamespace;
let worker: string;

beforeAll(async () => {
  cluster = resources.use(await startTwoNodeCluster('drain'));
  [, worker] = cluster.nodes;
  application = await deployOnBothNodes(cluster);
}, 1_200_000);
afterAll(() => resources.disposeAsync());

/** The load itself stays: it is on the node that does. */
const options = (name: string) => ({ name, tracing: loadedRollout.namespace, nodeName: cluster.nodes[0] });

test('a drained node fails no query and loses no acknowledged span', async () => {
  let evicted: readonly string[] = [];
  const disturbance = await disturbUnderLoad(cluster.kube, application, options('drained'), async () => {
    evicted = await drainNode(cluster.kube, worker);
    await rolledOut(cluster.kube, loadedRollout);
  });
  console.info(describeDisturbance('drain', disturbance));
  for (const deployment of loadedRollout.deployments)
    expect(evicted.filter((pod) => pod.startsWith(`${loadedRollout.namespace}/${deployment}-`))).not.toEqual([]);
  expect(disturbance).toMatchObject({ failedQueries: 0, lostSpans: 0, unacknowledgedSpans: 0 });
  expect(disturbance.acknowledgedSpans).toBeGreaterThan(2000);
  expect(disturbance.queries).toBeGreaterThan(200);
});

test('after the loss of a node spans and queries go on by themselves, and what was lost is counted', async () => {
  await spreadOver(cluster.kube, worker);
  let seconds = 0;
  const disturbance = await disturbUnderLoad(cluster.kube, application, options('node-lost'), async (load) => {
    await npmRunJson('cluster', ['stop-node', worker, '--name', cluster.name]);
    seconds = await secondsUntil(
      'no pod of the lost node is asked',
      async () => {
        const before = await load.report();
        await sleep(5000);
        const after = await load.report();
        return { done: failures(after) === failures(before), seen: after };
      },
      180,
    );
  });
  console.info(describeDisturbance(`node lost, calm after ${seconds.toFixed(0)} s`, disturbance));
  // Every span that was not acknowledged was sent again, and taken by the collector that is left.
  expect(disturbance.unacknowledgedSpans).toBe(0);
  // What a collector had taken and not written. With a storage that answers, that is far less than a second of the load.
  expect(disturbance.lostSpans).toBeLessThan(100);
});
