import type { TestProject } from 'vitest/node';
import { npmRun, npmRunJson, testCluster } from '../support/commands.ts';
import { keepsCluster, removeTestCluster } from '../support/removeTestCluster.ts';
import { buildTestParts } from './support/testParts.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the first `up` on the test cluster answered. */
    readonly up: Record<string, unknown>;
    readonly kubeconfigPath: string;
  }
}

/** Starts the one cluster that all e2e files share, by the command that users type, and removes it at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What an earlier, killed run left is not what is tested here.
  await removeTestCluster();
  try {
    const up = await npmRunJson('up', ['--cluster', testCluster], { timeoutSeconds: 3000 });
    const { stdout } = await npmRun('cluster', ['kubeconfig', '--name', testCluster]);
    project.provide('up', up);
    project.provide('kubeconfigPath', stdout.trim());
    const endBuild = keepsCluster ? undefined : await buildTestParts();
    return async () => {
      await endBuild?.();
      await removeTestCluster();
    };
  } catch (error) {
    await removeTestCluster();
    throw error;
  }
}
