import type { types } from '@pulumi/kubernetes';
import { selectorLabels } from './labels.ts';

/** How many pods a workload has. */
export interface Scale {
  /** Number of pods; of no meaning beside `autoscaling`. */
  readonly replicas: number;
  /** Has Kubernetes choose the number of pods. @defaultValue none */
  readonly autoscaling?:
    | {
        /** Pods that are always there. */
        readonly minReplicas: number;
        /** Pods at most. */
        readonly maxReplicas: number;
        /** Share of the CPU request, in percent, above which pods are added. */
        readonly cpuPercent: number;
      }
    | undefined;
  /** Pods that a drain of nodes leaves running. @defaultValue all but one */
  readonly minAvailable?: number | undefined;
}

/** The replicas that a Deployment names: none where an autoscaler writes them, since each deployment would undo its work. */
export function replicasOf({ replicas, autoscaling }: Scale): { readonly replicas?: number } {
  return autoscaling === undefined ? { replicas } : {};
}

/**
 * What a drain may take at once. A pod that is not ready serves nobody: it may always go, or a broken one would block every drain.
 */
export function disruptionBudgetSpec(
  name: string,
  minAvailable: number | undefined,
): types.input.policy.v1.PodDisruptionBudgetSpec {
  return {
    selector: { matchLabels: selectorLabels(name) },
    ...(minAvailable === undefined ? { maxUnavailable: 1 } : { minAvailable }),
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  };
}

/** Pods are added as fast as Kubernetes does by default; one a minute goes, so that each can hand on what it holds. */
export function autoscalerSpec(
  name: string,
  { minReplicas, maxReplicas, cpuPercent }: NonNullable<Scale['autoscaling']>,
): types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  const target = { type: 'Utilization', averageUtilization: cpuPercent };
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas,
    maxReplicas,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
    behavior: { scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
  };
}

/**
 * Pods of the same template only: with those that a rolling update is about to remove counted too, two new pods end up side by
 * side where the old ones were apart. Pods without that label, as a DaemonSet's, are all counted.
 */
const matchLabelKeys = ['pod-template-hash'];

/** Over zones first, then over nodes; where there is no room, a pod runs beside another rather than not at all. */
export function spread(name: string): types.input.core.v1.TopologySpreadConstraint[] {
  return [zoneKey, nodeKey].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabels(name) },
    matchLabelKeys,
  }));
}

/** A new pod keeps off nodes that have one: spread alone weighs little beside how busy a node is. */
export function apart(name: string): types.input.core.v1.Affinity {
  const labelSelector = { matchLabels: selectorLabels(name) };
  const podAffinityTerm = { topologyKey: nodeKey, labelSelector, matchLabelKeys };
  return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] } };
}

const zoneKey = 'topology.kubernetes.io/zone';
const nodeKey = 'kubernetes.io/hostname';
