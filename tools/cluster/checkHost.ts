import { chooseClusterPort, requireApiPort } from './apiPort.ts';
import { clustersDirectory, createClusterIdentity } from './clusterIdentity.ts';
import { createClusterLayout } from './clusterLayout.ts';
import type { ClusterOptions } from './clusterStatus.ts';
import { readLiveNode } from './nodeProcess.ts';
import { requireDiskRoom, requireKernelFeatures, requireLinuxAndRoot } from './preflight.ts';

/** What {@link checkHost} takes. */
export interface CheckHostOptions extends ClusterOptions {
  /** The port that the user asked for. */
  readonly apiPort?: number | undefined;
}

/**
 * Finds out whether this machine can run the cluster, for callers that want to know before anything is built. Changes
 * nothing. What runs of the cluster already counts: its node has its disk room, and its port is its own.
 *
 * @throws NotLinuxError, NotRootError, MissingKernelFeatureError, DiskNearlyFullError, PortTakenError,
 * InvalidClusterNameError, InvalidApiPortError
 */
export async function checkHost(options: CheckHostOptions): Promise<void> {
  requireLinuxAndRoot(process.platform, process.geteuid?.() ?? -1);
  requireKernelFeatures();
  const { name, checkout, environment = process.env, apiPort } = options;
  const { stateDirectory } = createClusterIdentity(name, checkout, clustersDirectory(environment));
  const layout = createClusterLayout(stateDirectory);
  if (readLiveNode(layout) === undefined) await requireDiskRoom(stateDirectory);
  if (apiPort === undefined) return;
  requireApiPort(apiPort);
  await chooseClusterPort(layout, apiPort, undefined);
}
