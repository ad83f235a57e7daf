import { createApiClient, type ApiClient } from './apiClient.ts';
import type { ClusterIdentity } from './clusterIdentity.ts';
import type { ClusterLayout, NodeLayout } from './clusterLayout.ts';
import type { LiveNode } from './clusterNodes.ts';
import type { ClusterState } from './clusterState.ts';
import { API_PORT } from './components/component.ts';
import type { NodeProcess } from './nodeProcess.ts';

/** What the checks of one node need. */
export interface ReadinessContext {
  readonly layout: NodeLayout;
  readonly api: ApiClient;
  readonly nodeName: string;
  /** Whether it is a node without the control plane. */
  readonly isWorker: boolean;
  /** The node's first process. */
  readonly nodePid: number;
  /** Milliseconds since the epoch; what the API says of an earlier time is out of date. */
  readonly nodeStartedAt: number;
  readonly now: () => number;
}

/** Connects to a cluster in this state, whose first node was started as this one. */
export function createReadinessContext(
  identity: ClusterIdentity,
  layout: ClusterLayout,
  state: ClusterState,
  node: NodeProcess,
): ReadinessContext & Disposable {
  const { nodeAddress } = state.link;
  const api = createApiClient({ pkiDirectory: layout.pki, host: nodeAddress, port: API_PORT });
  return {
    layout,
    api,
    nodeName: identity.nodeName,
    isWorker: false,
    nodePid: node.process.pid,
    nodeStartedAt: node.startedAt,
    now: Date.now,
    [Symbol.dispose]: () => {
      api[Symbol.dispose]();
    },
  };
}

/** The same connection, for a worker's checks. */
export function workerContext(cluster: ReadinessContext, { name, layout, node }: LiveNode): ReadinessContext {
  const { pid: nodePid } = node.process;
  return { ...cluster, isWorker: true, layout, nodeName: name, nodePid, nodeStartedAt: node.startedAt };
}
