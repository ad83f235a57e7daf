import { AppsV1Api, CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCrashLogs } from './crashLogs.ts';

/** How far one Deployment, StatefulSet or DaemonSet is. */
export interface WorkloadStatus {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly name: string;
  readonly wanted: number;
  readonly ready: number;
  /** Whether every pod is of the newest template and ready. */
  readonly complete: boolean;
  /** What a pod that is not ready waits for, in the kubelet's or scheduler's words. */
  readonly waitsFor: readonly string[];
}

/** Workloads were not ready in time. */
export class RolloutTimeoutError extends Error {
  override readonly name = 'RolloutTimeoutError';

  constructor(namespace: string, seconds: number, late: readonly WorkloadStatus[], logs: readonly string[]) {
    const lines = [...late.map((workload) => `  ${describeWorkload(workload)}`), ...logs];
    super(`not ready in namespace ${namespace} after ${seconds} s:\n${lines.join('\n')}`);
  }
}

/** Every workload of a namespace, by name. */
async function listWorkloads(config: KubeConfig, namespace: string): Promise<WorkloadStatus[]> {
  const apps = config.makeApiClient(AppsV1Api);
  const [deployments, sets, daemons, pods] = await Promise.all([
    apps.listNamespacedDeployment({ namespace }),
    apps.listNamespacedStatefulSet({ namespace }),
    apps.listNamespacedDaemonSet({ namespace }),
    config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace }),
  ]);
  const status = (
    kind: WorkloadStatus['kind'],
    item: Item,
    wanted: number,
    ready: number,
    updated: number,
  ): WorkloadStatus => ({
    kind,
    name: item.metadata?.name ?? '',
    wanted,
    ready,
    complete: observed(item) && ready >= wanted && updated >= wanted && (kind === 'DaemonSet' ? wanted > 0 : true),
    waitsFor: pods.items.filter((pod) => selects(item, pod)).flatMap(describeWait),
  });
  return [
    ...deployments.items.map((d) =>
      status('Deployment', d, d.spec?.replicas ?? 1, d.status?.availableReplicas ?? 0, d.status?.updatedReplicas ?? 0),
    ),
    ...sets.items.map((s) =>
      status('StatefulSet', s, s.spec?.replicas ?? 1, s.status?.availableReplicas ?? 0, s.status?.updatedReplicas ?? 0),
    ),
    ...daemons.items.map((d) =>
      status(
        'DaemonSet',
        d,
        d.status?.desiredNumberScheduled ?? 0,
        d.status?.numberAvailable ?? 0,
        d.status?.updatedNumberScheduled ?? 0,
      ),
    ),
  ].sort((a, b) => a.name.localeCompare(b.name));
}

/** A workload and the namespace it is in. */
export type PlacedWorkload = WorkloadStatus & { readonly namespace: string };

/** Every workload of several namespaces. */
export async function listWorkloadsOf(config: KubeConfig, namespaces: readonly string[]): Promise<PlacedWorkload[]> {
  const lists = namespaces.map(async (namespace) =>
    (await listWorkloads(config, namespace)).map((workload) => ({ ...workload, namespace })),
  );
  return (await Promise.all(lists)).flat();
}

/**
 * Waits until every workload of a namespace is complete, reporting what the late ones wait for.
 * @throws RolloutTimeoutError after `timeoutSeconds`.
 */
export async function waitForWorkloads(
  config: KubeConfig,
  namespace: string,
  timeoutSeconds: number,
  report: (text: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const workloads = await listWorkloads(config, namespace);
    const late = workloads.filter(({ complete }) => !complete);
    if (late.length === 0) return;
    if (Date.now() > deadline) {
      throw new RolloutTimeoutError(namespace, timeoutSeconds, late, await readCrashLogs(config, namespace));
    }
    report(`waiting for ${late.map(describeWorkload).join('; ')}`);
    await sleep(500, undefined, { signal });
  }
}

export function describeWorkload({ kind, name, ready, wanted, waitsFor }: WorkloadStatus): string {
  const reasons = [...new Set(waitsFor)].join(', ');
  return `${kind} ${name} ${ready}/${wanted}${reasons === '' ? '' : ` (${reasons})`}`;
}

interface Item {
  readonly metadata?: { readonly name?: string; readonly generation?: number };
  readonly spec?: { readonly selector: { readonly matchLabels?: Readonly<Record<string, string>> } };
  readonly status?: { readonly observedGeneration?: number };
}

function observed({ metadata, status }: Item): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}

function selects({ spec }: Item, pod: V1Pod): boolean {
  const wanted = Object.entries(spec?.selector.matchLabels ?? {});
  return wanted.length > 0 && wanted.every(([label, value]) => pod.metadata?.labels?.[label] === value);
}

/** Why a pod is not ready: the scheduler's word, a container's waiting reason, or a failing readiness probe. */
function describeWait(pod: V1Pod): string[] {
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined)
    return [`not scheduled: ${unscheduled.message ?? unscheduled.reason ?? 'no reason given'}`];
  const inits = (pod.status?.initContainerStatuses ?? []).filter(({ state }) => state?.terminated?.exitCode !== 0);
  const first = inits[0];
  if (first !== undefined) return [describeContainer(first.name, first.state?.waiting, 'init container runs')];
  return (pod.status?.containerStatuses ?? [])
    .filter(({ ready }) => !ready)
    .map(({ name, state }) => describeContainer(name, state?.waiting, 'not ready yet'));
}

function describeContainer(
  name: string,
  waiting: { reason?: string; message?: string } | undefined,
  otherwise: string,
): string {
  if (waiting === undefined) return `${name}: ${otherwise}`;
  const message = waiting.message === undefined ? '' : `, ${waiting.message}`;
  return `${name}: ${waiting.reason ?? 'waiting'}${message}`;
}
