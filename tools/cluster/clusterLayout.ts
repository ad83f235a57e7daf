import { join } from 'node:path';

/** Every path of one node's state, as the host sees it. */
export interface NodeLayout {
  readonly root: string;
  /** Which process is the namespaces' first one. */
  readonly initFile: string;
  readonly bootLog: string;
  readonly initScript: string;
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

/** Every path of a cluster's state, as the host sees it: its first node's, and what there is once. */
export interface ClusterLayout extends NodeLayout {
  /** What `up` remembers: port, link and number of nodes. */
  readonly stateFile: string;
  readonly forwarderFile: string;
  readonly forwarderLog: string;
  readonly kubeconfig: string;
}

/** Where the node sees {@link NodeLayout.node}. */
export const NODE_DIRECTORY = '/srv';

/** Where the node sees the Kubernetes programs. */
export const PROGRAM_DIRECTORY = '/opt';

/** Lays a cluster's state out under its directory. */
export function createClusterLayout(stateDirectory: string): ClusterLayout {
  return {
    ...createNodeLayout(stateDirectory),
    stateFile: join(stateDirectory, 'cluster.json'),
    forwarderFile: join(stateDirectory, 'forwarder.json'),
    forwarderLog: join(stateDirectory, 'forwarder.log'),
    kubeconfig: join(stateDirectory, 'kubeconfig'),
  };
}

/** Lays a worker's state out, inside its cluster's. */
export function createWorkerLayout(stateDirectory: string, number: number): NodeLayout {
  return createNodeLayout(join(stateDirectory, 'nodes', String(number)));
}

function createNodeLayout(directory: string): NodeLayout {
  const node = join(directory, 'node');
  return {
    root: directory,
    initFile: join(directory, 'init.json'),
    bootLog: join(directory, 'boot.log'),
    initScript: join(directory, 'init.sh'),
    mountPoint: join(directory, 'root'),
    etc: join(directory, 'etc'),
    var: join(directory, 'var'),
    tmp: join(directory, 'tmp'),
    node,
    pki: join(node, 'pki'),
    kubeconfigs: join(node, 'kubeconfigs'),
    config: join(node, 'config'),
    services: join(node, 'services'),
    logs: join(node, 'logs'),
  };
}
