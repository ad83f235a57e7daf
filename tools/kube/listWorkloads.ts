import {
  AppsV1Api,
  CoreV1Api,
  type KubeConfig,
  type V1DaemonSet,
  type V1Deployment,
  type V1Pod,
  type V1StatefulSet,
} from '@kubernetes/client-node';
import { describeWait } from './describeWait.ts';
import { jaegerFailures } from './jaegerFailures.ts';
import { shorten } from './logLines.ts';
import { createPodReader, type PodReader } from './podReader.ts';
import type { PlacedWorkload, WorkloadStatus } from './workload.ts';

export interface ListOptions {
  /** Whether the logs of Jaeger's running containers are looked through too. @defaultValue false */
  readonly failures?: boolean;
}

// What a healthy container has said for a minute is no failure any more.
const failureSeconds = 60;

/** Every workload of several namespaces, by namespace and name. */
export async function listWorkloadsOf(
  config: KubeConfig,
  namespaces: readonly string[],
  options: ListOptions = {},
): Promise<PlacedWorkload[]> {
  const lists = namespaces.map(async (namespace) =>
    (await listWorkloads(config, namespace, options)).map((workload) => ({ ...workload, namespace })),
  );
  return (await Promise.all(lists)).flat();
}

async function listWorkloads(
  config: KubeConfig,
  namespace: string,
  { failures = false }: ListOptions,
): Promise<WorkloadStatus[]> {
  const apps = config.makeApiClient(AppsV1Api);
  const [deployments, sets, daemons, pods] = await Promise.all([
    apps.listNamespacedDeployment({ namespace }),
    apps.listNamespacedStatefulSet({ namespace }),
    apps.listNamespacedDaemonSet({ namespace }),
    config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace }),
  ]);
  const reader = createPodReader(config);
  const counts = [
    ...deployments.items.map(countDeployment),
    ...sets.items.map(countStatefulSet),
    ...daemons.items.map(countDaemonSet),
  ];
  const found = counts.map(async (count) => {
    const own = pods.items.filter((pod) => selects(count.item, pod));
    return {
      ...count.numbers,
      waitsFor: count.numbers.complete ? [] : await waitsOf(count, own, reader),
      failures: failures ? await failuresOf(own, reader) : [],
    };
  });
  return (await Promise.all(found)).sort((a, b) => a.name.localeCompare(b.name));
}

interface Counted {
  readonly numbers: Omit<WorkloadStatus, 'waitsFor' | 'failures'>;
  readonly item: Item;
}

function countDeployment(item: V1Deployment): Counted {
  const { availableReplicas = 0, updatedReplicas = 0 } = item.status ?? {};
  return count('Deployment', item, item.spec?.replicas ?? 1, availableReplicas, updatedReplicas);
}

function countStatefulSet(item: V1StatefulSet): Counted {
  const { availableReplicas = 0, updatedReplicas = 0 } = item.status ?? {};
  return count('StatefulSet', item, item.spec?.replicas ?? 1, availableReplicas, updatedReplicas);
}

function countDaemonSet(item: V1DaemonSet): Counted {
  const { desiredNumberScheduled = 0, numberAvailable = 0, updatedNumberScheduled = 0 } = item.status ?? {};
  const { numbers } = count('DaemonSet', item, desiredNumberScheduled, numberAvailable, updatedNumberScheduled);
  // Before its controller has counted the nodes it wants no pod at all.
  return { item, numbers: { ...numbers, complete: numbers.complete && numbers.wanted > 0 } };
}

function count(kind: WorkloadStatus['kind'], item: Item, wanted: number, ready: number, updated: number): Counted {
  const complete = observed(item) && ready >= wanted && updated >= wanted;
  return { item, numbers: { kind, name: item.metadata?.name ?? '', wanted, ready, complete } };
}

/** What its pods wait for; where it has too few of them, why no more can be made. */
async function waitsOf({ numbers, item }: Counted, pods: readonly V1Pod[], reader: PodReader): Promise<string[]> {
  const { kind, name, wanted } = numbers;
  const waits = (await Promise.all(pods.filter(isNotReady).map((pod) => describeWait(pod, reader)))).flat();
  if (pods.length >= wanted) return waits;
  const refused = item.status?.conditions?.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  const message =
    refused?.message ?? (await reader.newestWarning(item.metadata?.namespace ?? '', kind, name))?.message ?? '';
  return message === '' ? waits : [...waits, `no pod can be made: ${shorten(message)}`];
}

async function failuresOf(pods: readonly V1Pod[], reader: PodReader): Promise<string[]> {
  const logs = pods
    .filter((pod) => isJaeger(pod) && pod.metadata?.deletionTimestamp === undefined)
    .flatMap(({ metadata, status }) =>
      (status?.containerStatuses ?? [])
        .filter(({ state }) => state?.running !== undefined)
        .map(({ name }) =>
          reader.log(metadata?.namespace ?? '', metadata?.name ?? '', name, { sinceSeconds: failureSeconds }),
        ),
    );
  return [...new Set((await Promise.all(logs)).flatMap(jaegerFailures))];
}

function isJaeger({ metadata }: V1Pod): boolean {
  return metadata?.labels?.['app.kubernetes.io/name']?.startsWith('jaeger-') === true;
}

function isNotReady({ status }: V1Pod): boolean {
  return !(status?.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');
}

interface Item {
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly generation?: number };
  readonly spec?: { readonly selector: { readonly matchLabels?: Readonly<Record<string, string>> } };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

function observed({ metadata, status }: Item): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}

function selects({ spec }: Item, pod: V1Pod): boolean {
  const wanted = Object.entries(spec?.selector.matchLabels ?? {});
  return wanted.length > 0 && wanted.every(([label, value]) => pod.metadata?.labels?.[label] === value);
}
