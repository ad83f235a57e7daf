import { field, fieldAt, number, text } from './fields.ts';
import type { KubernetesObject } from './object.ts';

/** How many pods workloads have, autoscalers taken into account. */
export class Replicas {
  readonly #autoscalers = new Map<string, KubernetesObject>();

  /** Takes in what an autoscaler says; another object is left out. @throws UnknownFieldError */
  add(object: KubernetesObject): void {
    if (!object.is('HorizontalPodAutoscaler', 'autoscaling') && !isScaledObject(object)) return;
    const target = scaleTargetOf(object);
    this.#autoscalers.set(keyOf(object.namespace, target.kind, target.group, target.name), object);
  }

  /** The autoscaler of a workload: a HorizontalPodAutoscaler, or the ScaledObject of which KEDA makes one. */
  autoscalerOf({ namespace, kind, name, apiVersion }: KubernetesObject): KubernetesObject | undefined {
    return (
      this.#autoscalers.get(keyOf(namespace, kind, groupOf(apiVersion), name)) ??
      this.#autoscalers.get(keyOf(namespace, kind, undefined, name))
    );
  }

  /**
   * How many pods there are at the least: what the autoscaler keeps, or what the workload itself says; 1 where nobody says anything.
   * `undefined` for what has no such number, as a DaemonSet.
   * @throws UnknownFieldError
   */
  least(object: KubernetesObject): number | undefined {
    if (object.kind === 'Pod') return 1;
    if (!scalableKinds.includes(object.kind)) return undefined;
    const autoscaler = this.autoscalerOf(object);
    if (autoscaler === undefined) return number(fieldAt(object.body, 'spec', 'replicas')) ?? 1;
    // KEDA takes the last pod away too, unless it is told not to.
    return isScaledObject(autoscaler)
      ? (number(fieldAt(autoscaler.body, 'spec', 'minReplicaCount')) ?? 0)
      : (number(fieldAt(autoscaler.body, 'spec', 'minReplicas')) ?? 1);
  }
}

const scalableKinds: readonly string[] = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

/** What an autoscaler scales. */
export interface ScaleTarget {
  readonly kind: string;
  readonly name: string;
  /** The API group; `undefined` where none is written. */
  readonly group: string | undefined;
}

/** Whether an object is an autoscaler of KEDA. */
export function isScaledObject(object: KubernetesObject): boolean {
  return object.is('ScaledObject', 'keda.sh');
}

/** @throws UnknownFieldError */
export function scaleTargetOf(autoscaler: KubernetesObject): ScaleTarget {
  const target = fieldAt(autoscaler.body, 'spec', 'scaleTargetRef');
  const apiVersion = text(field(target, 'apiVersion')) ?? '';
  return {
    kind: text(field(target, 'kind')) ?? (isScaledObject(autoscaler) ? 'Deployment' : ''),
    name: text(field(target, 'name')) ?? '',
    group: apiVersion === '' ? undefined : groupOf(apiVersion),
  };
}

/** The API group of `apps/v1`; the empty text for core objects. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

function keyOf(namespace: string, kind: string, group: string | undefined, name: string): string {
  return JSON.stringify([namespace, kind, group ?? null, name]);
}
