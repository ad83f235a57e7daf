import type { V1DaemonSet, V1Deployment, V1StatefulSet } from '@kubernetes/client-node';
import type { WorkloadStatus } from './workload.ts';

/** A workload and how many of its pods are ready. */
export interface Counted {
  readonly numbers: Omit<WorkloadStatus, 'waitsFor' | 'failures'>;
  readonly item: WorkloadItem;
}

/** What Deployments, StatefulSets and DaemonSets have in common. */
export interface WorkloadItem {
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly generation?: number };
  readonly spec?: { readonly selector: { readonly matchLabels?: Readonly<Record<string, string>> } };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

/** Counts the pods of a Deployment. */
export function countDeployment(item: V1Deployment): Counted {
  const { availableReplicas = 0, updatedReplicas = 0 } = item.status ?? {};
  return count('Deployment', item, item.spec?.replicas ?? 1, availableReplicas, updatedReplicas);
}

/** Counts the pods of a StatefulSet. */
export function countStatefulSet(item: V1StatefulSet): Counted {
  const { availableReplicas = 0, updatedReplicas = 0 } = item.status ?? {};
  return count('StatefulSet', item, item.spec?.replicas ?? 1, availableReplicas, updatedReplicas);
}

/** Counts the pods of a DaemonSet. */
export function countDaemonSet(item: V1DaemonSet): Counted {
  const { desiredNumberScheduled = 0, numberAvailable = 0, updatedNumberScheduled = 0 } = item.status ?? {};
  return count('DaemonSet', item, desiredNumberScheduled, numberAvailable, updatedNumberScheduled);
}

/**
 * One that wants no pod is not complete: nothing of ours is configured so, hence somebody has scaled it down; a DaemonSet
 * wants none before its controller has counted the nodes.
 */
function count(
  kind: WorkloadStatus['kind'],
  item: WorkloadItem,
  wanted: number,
  ready: number,
  updated: number,
): Counted {
  const complete = observed(item) && wanted > 0 && ready >= wanted && updated >= wanted;
  return { item, numbers: { kind, name: item.metadata?.name ?? '', wanted, ready, complete } };
}

function observed({ metadata, status }: WorkloadItem): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}
