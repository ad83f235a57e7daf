import type { ClusterIdentity } from './clusterIdentity.ts';
import type { ClusterLayout } from './clusterLayout.ts';
import { liveNodes, workerPlaces } from './clusterNodes.ts';
import { UnknownWorkerError } from './errors/unknownWorkerError.ts';
import { stopNode } from './nodeProcess.ts';

/** Which cluster's workers. */
export interface WorkersOf {
  readonly identity: ClusterIdentity;
  readonly layout: ClusterLayout;
}

/** Ends every worker of a cluster that runs; what they have written stays. */
export async function stopWorkers({ identity, layout }: WorkersOf): Promise<void> {
  await Promise.all(liveNodes(workerPlaces(identity, layout)).map(({ node }) => stopNode(node)));
}

/**
 * Ends one worker at once, with all its pods, as a power cut does. Kubernetes notices by itself; `up` starts it again.
 *
 * @param name - as Kubernetes knows it
 * @throws UnknownWorkerError unless a worker of this name runs.
 */
export async function stopWorker({ identity, layout }: WorkersOf, name: string): Promise<void> {
  const workers = liveNodes(workerPlaces(identity, layout));
  const worker = workers.find((candidate) => candidate.name === name);
  const names = workers.map((candidate) => candidate.name);
  if (worker === undefined) throw new UnknownWorkerError(identity.name, name, names);
  await stopNode(worker.node);
}
