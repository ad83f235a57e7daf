import type { TestProject } from 'vitest/node';
import { importImages } from '../../tools/cluster/cluster.ts';
import { clusterStatus } from '../../tools/cluster/clusterStatus.ts';
import { listClusters } from '../../tools/cluster/listClusters.ts';
import { packImages } from '../../tools/images/packImages.ts';
import { defaultCacheDirectory } from '../../tools/toolchain/cacheDirectory.ts';
import { startToolchain } from '../../tools/toolchain/toolchain.ts';
import { checkout, npmRun, testCluster } from '../support/commands.ts';
import { removeTestCluster } from '../support/removeTestCluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly faultCluster: {
      readonly kubeconfigPath: string;
      readonly context: string;
      /** The first process of its node. */
      readonly nodePid: number;
    };
  }
}

const START_SECONDS = 3000;

/** Starts a cluster for the faults alone, without a stack, and removes it at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  refuseOthers();
  // What an earlier, killed run left is not what is tested here.
  await removeTestCluster();
  try {
    await startEmptyCluster();
    const { kubeconfigPath, context, pid } = await clusterStatus({ name: testCluster, checkout });
    if (pid === undefined) throw new Error(`the cluster ${testCluster} does not run`);
    project.provide('faultCluster', { kubeconfigPath, context, nodePid: pid });
    return removeTestCluster;
  } catch (error) {
    await removeTestCluster();
    throw error;
  }
}

/** Another cluster's load would be in every figure, and two may be more than the machine's memory has room for. */
function refuseOthers(): void {
  const others = listClusters(process.env).filter((one) => one.running && !isOwn(one));
  if (others.length === 0) return;
  const named = others.map(({ name, checkout: owner }) => `"${name}" of ${owner}`).join(', ');
  throw new Error(
    `another local cluster runs: ${named}. Faults are inflicted on a cluster of their own, alone on the machine. ` +
      'Remove it (npm run down -- --cluster NAME) or wait until it is gone; to inflict them on a cluster of this checkout that ' +
      'runs, in namespaces of their own: TRACEWRIGHT_TEST_CLUSTER=NAME TRACEWRIGHT_KEEP_CLUSTER=1.',
  );
}

function isOwn({ name, checkout: owner }: { readonly name: string; readonly checkout: string }): boolean {
  return name === testCluster && owner === checkout;
}

async function startEmptyCluster(): Promise<void> {
  const started = await npmRun('cluster', ['up', '--name', testCluster], { timeoutSeconds: START_SECONDS });
  if (started.exitCode !== 0) throw new Error(`the cluster could not be started:\n${started.stderr}`);
  const cacheDirectory = defaultCacheDirectory(process.env);
  const parts = ['jaeger', 'servers-rootfs', 'elasticsearch'] as const;
  const toolchain = startToolchain({ parts, cacheDirectory, environment: process.env });
  const packed = await packImages({ parts: await toolchain.all, repository: checkout, cacheDirectory });
  await importImages(await clusterStatus({ name: testCluster, checkout }), packed);
}
