import { createApiClient, type ApiClient } from './apiClient.ts';
import type { ClusterIdentity } from './clusterIdentity.ts';
import type { ClusterLayout } from './clusterLayout.ts';
import type { ClusterState } from './clusterState.ts';
import { API_PORT } from './components/component.ts';
import type { NodeProcess } from './nodeProcess.ts';

/** What the checks need. */
export interface ReadinessContext {
  readonly layout: ClusterLayout;
  readonly api: ApiClient;
  readonly nodeName: string;
  /** The node's first process. */
  readonly nodePid: number;
  /** Milliseconds since the epoch; what the API says of an earlier time is out of date. */
  readonly nodeStartedAt: number;
  readonly now: () => number;
}

/** Connects to a cluster in this state, started as this node. */
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
    nodePid: node.process.pid,
    nodeStartedAt: node.startedAt,
    now: Date.now,
    [Symbol.dispose]: () => {
      api[Symbol.dispose]();
    },
  };
}
