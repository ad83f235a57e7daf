import { clustersDirectory, createClusterIdentity, type ClusterIdentity } from './clusterIdentity.ts';
import { createClusterLayout, type ClusterLayout } from './clusterLayout.ts';
import { readClusterState, type ClusterState } from './clusterState.ts';
import { API_PORT } from './components/component.ts';
import { clusterMemoryBytes } from './clusterMemory.ts';
import { forwarderFits } from './forwarder/ensureForwarder.ts';
import { readLiveNode, type NodeProcess } from './nodeProcess.ts';
import { clusterChecks, failingChecks } from './readiness.ts';
import { createReadinessContext } from './readinessContext.ts';

/** What one part of a cluster does. */
export interface PartStatus {
  readonly name: string;
  readonly ready: boolean;
  /** What is amiss, when it is not ready. */
  readonly detail?: string;
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
  /** The first process of its namespaces. */
  readonly pid?: number;
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
  if (state === undefined) return { ...base, state: 'absent' };
  const apiUrl = apiUrlOf(state);
  const node = readLiveNode(layout);
  if (node === undefined) return { ...base, state: 'stopped', apiUrl };
  const parts = await readParts(identity, layout, state, node);
  const memoryBytes = clusterMemoryBytes(identity.cgroupName);
  return {
    ...base,
    state: parts.every(({ ready }) => ready) ? 'running' : 'degraded',
    apiUrl,
    pid: node.process.pid,
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
  const checks = clusterChecks(context);
  const failing = await failingChecks(checks);
  const target = { port: state.apiPort, targetAddress: state.link.nodeAddress, targetPort: API_PORT };
  const forwarder: PartStatus = forwarderFits(layout, target)
    ? { name: 'forwarder', ready: true }
    : { name: 'forwarder', ready: false, detail: 'its process is gone' };
  const parts = checks.map(({ name }): PartStatus => {
    const found = failing.find(({ check }) => check.name === name);
    return found === undefined ? { name, ready: true } : { name, ready: false, detail: found.detail };
  });
  return [...parts, forwarder];
}
