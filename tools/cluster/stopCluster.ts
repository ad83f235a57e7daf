import { rmSync } from 'node:fs';
import { removeCgroups } from './cgroups.ts';
import type { ClusterEvent } from './clusterEvent.ts';
import { clustersDirectory, createClusterIdentity } from './clusterIdentity.ts';
import { createClusterLayout } from './clusterLayout.ts';
import type { ClusterOptions } from './clusterStatus.ts';
import { acquireFileLock } from './fileLock.ts';
import { stopForwarder } from './forwarder/ensureForwarder.ts';
import { removeHostLink } from './hostNetwork.ts';
import { readLiveNode, stopNode } from './nodeProcess.ts';
import { requireLinuxAndRoot } from './preflight.ts';

/** What {@link stopCluster} takes. */
export interface StopClusterOptions extends ClusterOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: (event: ClusterEvent) => void;
}

/**
 * Ends a cluster's processes and removes its link, cgroups and state, data included. A cluster that is
 * not there is a success. Whatever was cut short before, this finishes.
 *
 * @throws NotLinuxError, NotRootError, ProcessStillAliveError, InvalidClusterNameError
 */
export async function stopCluster(options: StopClusterOptions): Promise<void> {
  requireLinuxAndRoot(process.platform, process.geteuid?.() ?? -1);
  const { name, signal, environment = process.env, onEvent = () => undefined } = options;
  const identity = createClusterIdentity(name, options.checkout, clustersDirectory(environment));
  const layout = createClusterLayout(identity.stateDirectory);
  const onWait = (): void => {
    onEvent({ kind: 'waiting', reason: `another run works on cluster "${name}"` });
  };
  await using _lock = await acquireFileLock({ path: identity.lockPath, signal, onWait });
  await stopForwarder(layout);
  const node = readLiveNode(layout);
  if (node !== undefined) await stopNode(node);
  await removeHostLink(identity.linkName);
  await removeCgroups(identity.cgroupName);
  onEvent({ kind: 'step', step: 'removing the state' });
  rmSync(identity.stateDirectory, { recursive: true, force: true, maxRetries: 5 });
}
