import { clustersDirectory, createClusterIdentity, type ClusterIdentity } from './clusterIdentity.ts';
import { createClusterLayout, type ClusterLayout } from './clusterLayout.ts';
import { readClusterState, type ClusterState } from './clusterState.ts';
import { API_PORT } from './components/component.ts';
import { liveNodes, nodePlaces, type LiveNode, type NodePlace } from './clusterNodes.ts';
import { clusterMemoryBytes } from './clusterMemory.ts';
import { forwarderFits } from './forwarder/ensureForwarder.ts';
import { readLiveNode, type NodeProcess } from './nodeProcess.ts';
import { clusterChecks, failingChecks, nodeChecks, partName, type ReadinessCheck } from './readiness.ts';
import { createReadinessContext, workerContext, type ReadinessContext } from './readinessContext.ts';

/** What one part of a cluster does. */
export interface PartStatus {
  readonly name: string;
  readonly ready: boolean;
  /** What is amiss, when it is not ready. */
  readonly detail?: string;
}

/** One node of a cluster, as Kubernetes names it. */
export interface NodeStatus {
  readonly name: string;
  /** The first process of its namespaces, while it runs. */
  readonly pid?: number;
}

/** What a cluster does. */
export interface ClusterStatus {
  readonly name: string;
  readonly checkout: string;
  /** `absent`: never started or taken down; `stopped`: state without processes; `degraded`: `up` would heal something. */
  readonly state: 'absent' | 'stopped' | 'degraded' | 'running';
  readonly stateDirectory: string;
  readonly kubeconfigPath: string;
  readonly context: string;
  readonly apiUrl?: string;
  /** The first process of the first node's namespaces. */
  readonly pid?: number;
  /** Those that it has or had; the control plane's first. */
  readonly nodes: readonly NodeStatus[];
  /** Resident memory of all its processes, pods included. */
  readonly memoryBytes?: number;
  readonly parts: readonly PartStatus[];
}

/** Which cluster, and where clusters' states lie. */
export interface ClusterOptions {
  readonly name: string;
  readonly checkout: string;
  /** @defaultValue process.env, of which XDG_STATE_HOME or else HOME says where states lie */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Looks at a cluster without changing anything. */
export async function clusterStatus(options: ClusterOptions): Promise<ClusterStatus> {
  const identity = createClusterIdentity(
    options.name,
    options.checkout,
    clustersDirectory(options.environment ?? process.env),
  );
  const layout = createClusterLayout(identity.stateDirectory);
  const { name, checkout, stateDirectory, context } = identity;
  const base = { name, checkout, stateDirectory, context, kubeconfigPath: layout.kubeconfig, parts: [] };
  const state = readClusterState(layout.stateFile);
  if (state === undefined) return { ...base, state: 'absent', nodes: [] };
  const apiUrl = apiUrlOf(state);
  const nodes = nodePlaces(identity, layout, state.nodeCount).map(nodeStatus);
  const node = readLiveNode(layout);
  if (node === undefined) return { ...base, state: 'stopped', apiUrl, nodes };
  const parts = await readParts(identity, layout, state, node);
  const memoryBytes = clusterMemoryBytes(identity.cgroupName);
  return {
    ...base,
    state: parts.every(({ ready }) => ready) ? 'running' : 'degraded',
    apiUrl,
    pid: node.process.pid,
    nodes,
    memoryBytes,
    parts,
  };
}

/** The API's address on this machine. */
export function apiUrlOf(state: ClusterState): string {
  return `https://127.0.0.1:${String(state.apiPort)}`;
}

async function readParts(
  identity: ClusterIdentity,
  layout: ClusterLayout,
  state: ClusterState,
  node: NodeProcess,
): Promise<readonly PartStatus[]> {
  using context = createReadinessContext(identity, layout, state, node);
  const workers = nodePlaces(identity, layout, state.nodeCount).slice(1);
  const ofNodes = await Promise.all([
    partsOfNode(clusterChecks(context), context),
    ...workers.map((place) => partsOfWorker(place, context)),
  ]);
  const target = { port: state.apiPort, targetAddress: state.link.nodeAddress, targetPort: API_PORT };
  const forwarder: PartStatus = forwarderFits(layout, target)
    ? { name: 'forwarder', ready: true }
    : { name: 'forwarder', ready: false, detail: 'its process is gone' };
  return [...ofNodes.flat(), forwarder];
}

function nodeStatus(place: NodePlace): NodeStatus {
  const node = readLiveNode(place.layout);
  return node === undefined ? { name: place.name } : { name: place.name, pid: node.process.pid };
}

async function partsOfWorker(place: NodePlace, cluster: ReadinessContext): Promise<readonly PartStatus[]> {
  const [live]: readonly (LiveNode | undefined)[] = liveNodes([place]);
  if (live === undefined) return [{ name: place.name, ready: false, detail: 'the node does not run' }];
  const context = workerContext(cluster, live);
  return await partsOfNode(nodeChecks(context), context);
}

async function partsOfNode(
  checks: readonly ReadinessCheck[],
  context: ReadinessContext,
): Promise<readonly PartStatus[]> {
  const failing = await failingChecks(checks);
  return checks.map((check): PartStatus => {
    const name = partName(check.name, context);
    const found = failing.find((failed) => failed.check === check);
    return found === undefined ? { name, ready: true } : { name, ready: false, detail: found.detail };
  });
}
