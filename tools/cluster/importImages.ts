import { ClusterNotRunningError } from './errors/clusterNotRunningError.ts';
import { createClusterLayout } from './clusterLayout.ts';
import { importPackedImages } from './imageStore.ts';
import { readLiveNode } from './nodeProcess.ts';
import type { RunningCluster } from './startCluster.ts';

/**
 * Brings packed images, as `packImage` made them, into a cluster. Those that it has by digest are
 * skipped, and so is every layer that it has.
 *
 * @returns the references that were imported
 * @throws ClusterNotRunningError, CommandFailedError
 */
export async function importImages(cluster: RunningCluster, archives: readonly string[]): Promise<readonly string[]> {
  const node = readLiveNode(createClusterLayout(cluster.stateDirectory));
  if (node === undefined) throw new ClusterNotRunningError(cluster.name);
  return importPackedImages(node.process.pid, archives);
}
