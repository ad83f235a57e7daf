import { join } from 'node:path';

/** Every path of a cluster's state, as the host sees it. */
export interface ClusterLayout {
  readonly root: string;
  /** What `up` remembers: port and link. */
  readonly stateFile: string;
  /** Which process is the namespaces' first one. */
  readonly initFile: string;
  readonly forwarderFile: string;
  readonly forwarderLog: string;
  readonly bootLog: string;
  readonly initScript: string;
  readonly kubeconfig: string;
  /** Mount point of the node's root; empty when seen from the host. */
  readonly mountPoint: string;
  readonly etc: string;
  readonly var: string;
  readonly tmp: string;
  /** Seen inside as {@link NODE_DIRECTORY}. */
  readonly node: string;
  readonly pki: string;
  readonly kubeconfigs: string;
  readonly config: string;
  readonly services: string;
  readonly logs: string;
}

/** Where the node sees {@link ClusterLayout.node}. */
export const NODE_DIRECTORY = '/srv';

/** Where the node sees the Kubernetes programs. */
export const PROGRAM_DIRECTORY = '/opt';

/** Lays a cluster's state out under its directory. */
export function createClusterLayout(stateDirectory: string): ClusterLayout {
  const node = join(stateDirectory, 'node');
  return {
    root: stateDirectory,
    stateFile: join(stateDirectory, 'cluster.json'),
    initFile: join(stateDirectory, 'init.json'),
    forwarderFile: join(stateDirectory, 'forwarder.json'),
    forwarderLog: join(stateDirectory, 'forwarder.log'),
    bootLog: join(stateDirectory, 'boot.log'),
    initScript: join(stateDirectory, 'init.sh'),
    kubeconfig: join(stateDirectory, 'kubeconfig'),
    mountPoint: join(stateDirectory, 'root'),
    etc: join(stateDirectory, 'etc'),
    var: join(stateDirectory, 'var'),
    tmp: join(stateDirectory, 'tmp'),
    node,
    pki: join(node, 'pki'),
    kubeconfigs: join(node, 'kubeconfigs'),
    config: join(node, 'config'),
    services: join(node, 'services'),
    logs: join(node, 'logs'),
  };
}
