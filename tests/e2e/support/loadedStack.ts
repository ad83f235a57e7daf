import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmRunJson } from '../../support/commands.ts';
import { importTestImages } from '../../support/testImages.ts';
import { ApplicationNamespace } from './applicationNamespace.ts';
import { cordonNode, uncordonNode } from './drainNode.ts';
import { listPods } from './namespacePods.ts';
import { restartRollout, rolledOut, type Rollout } from './rollout.ts';
import { stackYaml } from './stackYaml.ts';
import type { TwoNodeCluster } from './twoNodeCluster.ts';

const namespace = 'tracing';
const UP_SECONDS = 900;

/** The Deployments of {@link deployOnBothNodes}. */
export const loadedRollout: Rollout = { namespace, deployments: ['jaeger-collector', 'jaeger-query'] };

/** Namespace that loads come from. */
export const loadApplication = 'load';

type StackKeys = Readonly<Record<string, unknown>>;

async function deployForLoad(cluster: string, kube: KubeConfig, keys: StackKeys): Promise<ApplicationNamespace> {
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-load-'));
  try {
    const file = join(directory, 'Pulumi.dev.yaml');
    await writeFile(file, stackYaml({ environment: 'dev', network: { queryNamespaces: [loadApplication] }, ...keys }));
    const args = ['--cluster', cluster, '--no-example', '--config-file', file];
    await npmRunJson('up', args, { timeoutSeconds: UP_SECONDS });
    await importTestImages(cluster, ['steady-load']);
    return await ApplicationNamespace.create(kube, loadApplication, namespace);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/**
 * Deploys the dev stack on two nodes that have none: Elasticsearch, whose volume cannot move, on the first, and collectors and
 * query services on both, so that the worker can go.
 *
 * @param keys - keys of the configuration; `network.queryNamespaces` must have {@link loadApplication}
 * @returns the namespace {@link loadApplication}, whose pods may send spans and read traces
 */
export async function deployOnBothNodes(
  { name, kube, nodes }: TwoNodeCluster,
  keys: StackKeys = {},
): Promise<ApplicationNamespace> {
  const [, worker] = nodes;
  await cordonNode(kube, worker);
  const application = await deployForLoad(name, kube, keys);
  await spreadOver(kube, worker);
  return application;
}

/** Lets a node have pods, and replaces those of Jaeger until it has some: Kubernetes moves none that run. */
export async function spreadOver(kube: KubeConfig, node: string): Promise<void> {
  await uncordonNode(kube, node);
  await restartRollout(kube, loadedRollout);
  await rolledOut(kube, loadedRollout);
  const components = (await podsOnNode(kube, node)).map(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name']);
  for (const deployment of loadedRollout.deployments)
    if (!components.includes(deployment)) throw new Error(`no pod of ${deployment} is on ${node}`);
}

/** Jaeger's pods on a node. */
async function podsOnNode(kube: KubeConfig, node: string): Promise<readonly V1Pod[]> {
  return (await listPods(kube, namespace)).filter(({ spec }) => spec?.nodeName === node);
}
