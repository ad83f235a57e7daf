import { protectedStacks, readBackendStacks } from '../../tools/cluster/clusterStacks.ts';
import { clusterStatus } from '../../tools/cluster/clusterStatus.ts';
import { checkout, npmRun, testCluster } from './commands.ts';

/** A developer's inner loop: what runs is used, and left for the next run. */
export const keepsCluster = process.env['TRACEWRIGHT_KEEP_CLUSTER'] === '1';

/** Removes the cluster of the tests with all that is on it, unless it is to be kept. @throws Error when it cannot be removed */
export async function removeTestCluster(): Promise<void> {
  if (keepsCluster) return;
  const { stateDirectory } = await clusterStatus({ name: testCluster, checkout });
  // A run that was killed may have left protected stacks, which are nobody's data.
  const stacks = protectedStacks(await readBackendStacks(stateDirectory));
  const named = stacks.flatMap((stack) => ['--delete-data', stack]);
  const { exitCode, stderr } = await npmRun('down', ['--cluster', testCluster, ...named]);
  if (exitCode !== 0) throw new Error(`the cluster ${testCluster} could not be removed:\n${stderr}`);
}
