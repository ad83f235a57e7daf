import type { ClusterIdentity } from './clusterIdentity.ts';
import { createWorkerLayout, type ClusterLayout, type NodeLayout } from './clusterLayout.ts';
import { MAX_NODES } from './nodeCount.ts';
import { readLiveNode, type NodeProcess } from './nodeProcess.ts';

/** Where a node of a cluster lives, whether it runs or not. */
export interface NodePlace {
  /** 1 for the node with the control plane, 2 and 3 for workers. */
  readonly number: number;
  /** As Kubernetes knows it. */
  readonly name: string;
  readonly layout: NodeLayout;
  /** Directory name, under each cgroup hierarchy's root. */
  readonly cgroupName: string;
}

/** A node that runs. */
export interface LiveNode extends NodePlace {
  readonly node: NodeProcess;
}

/** The first nodes of a cluster, as many as are asked for. */
export function nodePlaces(identity: ClusterIdentity, layout: ClusterLayout, count: number): readonly NodePlace[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const { nodeName: name, cgroupName } = identity;
    if (number === 1) return { number, name, layout, cgroupName };
    const suffix = String(number);
    // Below the cluster's own, so that what counts or removes the cluster's counts and removes all.
    const cgroup = `${cgroupName}/node-${suffix}`;
    return { number, name: `${name}-${suffix}`, layout: createWorkerLayout(layout.root, number), cgroupName: cgroup };
  });
}

/** Every worker that a cluster can have. */
export function workerPlaces(identity: ClusterIdentity, layout: ClusterLayout): readonly NodePlace[] {
  return nodePlaces(identity, layout, MAX_NODES).slice(1);
}

/** Those of the nodes that run. */
export function liveNodes(places: readonly NodePlace[]): readonly LiveNode[] {
  return places.flatMap((place) => {
    const node = readLiveNode(place.layout);
    return node === undefined ? [] : [{ ...place, node }];
  });
}
