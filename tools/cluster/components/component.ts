import { join } from 'node:path';
import { NODE_DIRECTORY, PROGRAM_DIRECTORY } from '../clusterLayout.ts';

/** The processes that runit keeps running in a cluster, in the order in which they need one another. */
export const COMPONENT_NAMES = [
  'etcd',
  'containerd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'kube-router',
  'volume-provisioner',
] as const;

/** Those of them that every node runs; the others run on the first alone. */
export const NODE_COMPONENT_NAMES = [
  'containerd',
  'kubelet',
  'kube-proxy',
  'kube-router',
  'volume-provisioner',
] as const;

/** One of {@link COMPONENT_NAMES}. */
export type ComponentName = (typeof COMPONENT_NAMES)[number];

/**
 * What a component waits for before it starts, where waiting beats failing and being restarted. `api` is one that has written
 * its roles, `api-caches` one that has read what there is.
 */
export type StartCondition = 'api' | 'api-caches' | 'containerd' | 'etcd';

/** A process to keep running. */
export interface Component {
  readonly name: ComponentName;
  /** Program and arguments, with paths as the node sees them. */
  readonly command: readonly string[];
  /** In that order. @defaultValue nothing */
  readonly startsAfter?: readonly StartCondition[];
  /** Directory that is searched for programs before all others. */
  readonly searchesFirst?: string;
}

/** What the components have to know about their node. */
export interface NodeSettings {
  /** 1 for the node with the control plane, 2 and 3 for workers. */
  readonly number: number;
  readonly nodeName: string;
  /** The node's end of its link. */
  readonly nodeAddress: string;
  /** Address of the API server: the first node's. */
  readonly apiAddress: string;
  /** Parent of the pods' cgroups, with its leading slash. */
  readonly cgroupRoot: string;
}

/** The pods of every node; {@link podCidrOf} is one node's share. */
export const POD_CIDR = '10.244.0.0/22';

/** The cluster's services; the first address is the API's own. */
export const SERVICE_CIDR = '10.96.0.0/16';

/** Address of service `default/kubernetes`, which the API server takes by itself. */
export const API_SERVICE_ADDRESS = '10.96.0.1';

/** Address of the cluster's DNS. */
export const DNS_SERVICE_ADDRESS = '10.96.0.10';

/** Port of the API server on the node. */
export const API_PORT = 6443;

/** Whether it is the node that the control plane runs on. */
export function runsControlPlane({ number }: Pick<NodeSettings, 'number'>): boolean {
  return number === 1;
}

/** One node's pods. Fixed by the node's number, so that each node knows the way to the pods of the others. */
export function podCidrOf({ number }: Pick<NodeSettings, 'number'>): string {
  return `10.244.${String(number - 1)}.0/24`;
}

/** A file of the cluster's certificates, as the node sees it. */
export function pkiPath(file: string): string {
  return join(NODE_DIRECTORY, 'pki', file);
}

/** A component's kubeconfig, as the node sees it. */
export function kubeconfigPath(component: string): string {
  return join(NODE_DIRECTORY, 'kubeconfigs', component);
}

/** A rendered configuration file, as the node sees it. */
export function configPath(file: string): string {
  return join(NODE_DIRECTORY, 'config', file);
}

/** A program of the Kubernetes part, as the node sees it. */
export function programPath(program: string): string {
  return join(PROGRAM_DIRECTORY, program);
}
