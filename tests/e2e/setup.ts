import type { TestProject } from 'vitest/node';
import { clusterStatus } from '../../tools/cluster/clusterStatus.ts';
import { protectedStacks, readBackendStacks } from '../../tools/cluster/clusterStacks.ts';
import { checkout, npmRun, npmRunJson, testCluster } from '../support/commands.ts';
import { buildTestParts } from './support/testParts.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the first `up` on the test cluster answered. */
    readonly up: Record<string, unknown>;
    readonly kubeconfigPath: string;
  }
}

/** A developer's inner loop: what runs is used, and left for the next run. */
const keepsCluster = process.env['TRACEWRIGHT_KEEP_CLUSTER'] === '1';

/** Starts the one cluster that all e2e files share, by the command that users type, and removes it at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What an earlier, killed run left is not what is tested here.
  await removeCluster();
  try {
    const up = await npmRunJson('up', ['--cluster', testCluster], { timeoutSeconds: 3000 });
    const { stdout } = await npmRun('cluster', ['kubeconfig', '--name', testCluster]);
    project.provide('up', up);
    project.provide('kubeconfigPath', stdout.trim());
    const endBuild = keepsCluster ? undefined : await buildTestParts();
    return async () => {
      await endBuild?.();
      await removeCluster();
    };
  } catch (error) {
    await removeCluster();
    throw error;
  }
}

async function removeCluster(): Promise<void> {
  if (keepsCluster) return;
  const { stateDirectory } = await clusterStatus({ name: testCluster, checkout });
  // A run that was killed may have left protected stacks, which are nobody's data.
  const stacks = protectedStacks(await readBackendStacks(stateDirectory));
  const named = stacks.flatMap((stack) => ['--delete-data', stack]);
  const result = await npmRun('down', ['--cluster', testCluster, ...named]);
  if (result.exitCode !== 0) throw new Error(`the test cluster could not be removed:\n${result.stderr}`);
}
