import type { TestProject } from 'vitest/node';
import { npmRun, npmRunJson, testCluster } from '../support/commands.ts';

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
  } catch (error) {
    await removeCluster();
    throw error;
  }
  return removeCluster;
}

async function removeCluster(): Promise<void> {
  if (keepsCluster) return;
  const result = await npmRun('down', ['--cluster', testCluster]);
  if (result.exitCode !== 0) throw new Error(`the test cluster could not be removed:\n${result.stderr}`);
}
