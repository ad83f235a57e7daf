import type { KubernetesObject, V1LabelSelector, V1Pod, V1PodSpec } from '@kubernetes/client-node';
import { selectsLabels } from '../../../kube/labelSelector.ts';
import { isCurrentPod } from '../../../kube/podState.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Deployment } from '../../deployment.ts';
import { isRecord } from '../../../values/isRecord.ts';

/** A Deployment, StatefulSet or DaemonSet of the stack, with what runs of it. */
export interface DeclaredWorkload {
  readonly object: DeclaredObject;
  /** Such as `Deployment tracing/jaeger-query`. */
  readonly subject: string;
  /** What the API server has; its own kind has `spec.replicas`, and so on. */
  readonly live: LiveWorkload;
  /** What the stack declares of each pod. */
  readonly podSpec: Readonly<Record<string, unknown>>;
  /** Those of its pods that have not ended, and are not on their way out. */
  readonly pods: readonly V1Pod[];
}

/** What is read of a workload, whichever kind it is of. */
export interface LiveWorkload extends KubernetesObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: V1LabelSelector;
    readonly template?: { readonly spec?: V1PodSpec };
  };
  readonly status?: { readonly readyReplicas?: number };
}

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** The stack's workloads that are there; that one is missing is told by the checks of objects. */
export async function declaredWorkloads(deployment: Deployment): Promise<readonly DeclaredWorkload[]> {
  const [declared, pods] = await Promise.all([deployment.declared(), deployment.pods()]);
  const found = declared
    .filter(({ kind }) => kinds.includes(kind))
    .map(async (object): Promise<DeclaredWorkload[]> => {
      const live: LiveWorkload | undefined = await deployment.live(object);
      if (live === undefined) return [];
      const own = pods.filter((pod) => isPodOf(pod, object, live));
      return [{ object, subject: describeObject(object), live, podSpec: podSpecOf(object), pods: own }];
    });
  return (await Promise.all(found)).flat();
}

/** A container of a pod, as it is declared and as it runs. */
export function isLasting(container: { readonly restartPolicy?: string }): boolean {
  return container.restartPolicy === 'Always';
}

/** The containers of a pod that run as long as it does: sidecars too. */
export function lastingContainers({ spec }: V1Pod) {
  return [...(spec?.initContainers ?? []).filter(isLasting), ...(spec?.containers ?? [])];
}

/** Such as `Pod tracing/jaeger-query-5d9c/jaeger-query`. */
export function describeContainer({ metadata }: V1Pod, container: string): string {
  return `Pod ${metadata?.namespace ?? ''}/${metadata?.name ?? ''}/${container}`;
}

function isPodOf(pod: V1Pod, { namespace }: DeclaredObject, live: LiveWorkload): boolean {
  if (pod.metadata?.namespace !== namespace || !isCurrentPod(pod)) return false;
  return selectsLabels(live.spec?.selector, pod.metadata?.labels ?? {});
}

function podSpecOf({ manifest }: DeclaredObject): Readonly<Record<string, unknown>> {
  const spec = manifest['spec'];
  const template = isRecord(spec) ? spec['template'] : undefined;
  const podSpec = isRecord(template) ? template['spec'] : undefined;
  return isRecord(podSpec) ? podSpec : {};
}
