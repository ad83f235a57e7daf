import { AppsV1Api, CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { serviceNames } from '../../infra/jaeger/endpoints.ts';
import { countDaemonSet, countDeployment, countStatefulSet, type Counted } from './countWorkloads.ts';
import { describeWait } from './describeWait.ts';
import { jaegerFailures } from './jaegerFailures.ts';
import { selectsLabels } from './labelSelector.ts';
import { loginFailures } from './loginFailures.ts';
import { shorten } from './logLines.ts';
import { createPodReader, type PodReader } from './podReader.ts';
import type { PlacedWorkload, WorkloadStatus } from './workload.ts';

export interface ListOptions {
  /** Whether the logs of Jaeger's running containers are looked through too. @defaultValue false */
  readonly failures?: boolean;
}

// How far back a failure in a log counts. A recovery is to be said within 60 s of the cause's end, and Jaeger fails
// for a while after it (for up to half a minute, until it has connected anew): what is left is the window. A cause that
// lasts shows in it, since every write and look fails anew.
const failureSeconds = 25;

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
    const own = pods.items.filter((pod) => selectsLabels(count.item.spec?.selector, pod.metadata?.labels ?? {}));
    return {
      ...count.numbers,
      waitsFor: count.numbers.complete ? [] : await waitsOf(count, own, reader),
      failures: failures ? await failuresOf(own, reader) : [],
    };
  });
  return (await Promise.all(found)).sort((a, b) => a.name.localeCompare(b.name));
}

/** What its pods wait for; where it has too few of them, why no more can be made. */
async function waitsOf({ numbers, item }: Counted, pods: readonly V1Pod[], reader: PodReader): Promise<string[]> {
  const { kind, name, wanted } = numbers;
  if (wanted === 0 && kind !== 'DaemonSet') return ['it is scaled to 0: `npm run up` scales it up again'];
  const waits = (await Promise.all(pods.filter(isNotReady).map((pod) => describeWait(pod, reader)))).flat();
  if (pods.length >= wanted) return waits;
  const refused = item.status?.conditions?.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  const message =
    refused?.message ?? (await reader.newestWarning(item.metadata?.namespace ?? '', kind, name))?.message ?? '';
  return message === '' ? waits : [...waits, `no pod can be made: ${shorten(message)}`];
}

/** What the running containers of Jaeger and of its log-in have complained of in the last seconds, each once. */
export async function failuresOf(pods: readonly V1Pod[], reader: PodReader): Promise<string[]> {
  const found = pods
    .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
    .flatMap((pod) => {
      const read = failureReader(pod);
      return read === undefined
        ? []
        : runningContainers(pod).map(async (name) => read(await newestLog(pod, name, reader)));
    });
  return [...new Set((await Promise.all(found)).flat())];
}

/** How the logs of a pod are read; undefined for one whose logs tell nothing. */
function failureReader({ metadata }: V1Pod): ((log: string) => string[]) | undefined {
  const name = metadata?.labels?.['app.kubernetes.io/name'] ?? '';
  if (name === serviceNames.oauth2Proxy) return loginFailures;
  return name.startsWith('jaeger-') ? jaegerFailures : undefined;
}

/** Sidecars among them: they are listed with the containers that come first. */
function runningContainers({ status }: V1Pod): string[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
    .filter(({ state }) => state?.running !== undefined)
    .map(({ name }) => name);
}

function newestLog({ metadata }: V1Pod, container: string, reader: PodReader): Promise<string> {
  const { namespace = '', name = '' } = metadata ?? {};
  return reader.log(namespace, name, container, { sinceSeconds: failureSeconds });
}

function isNotReady({ status }: V1Pod): boolean {
  return !(status?.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');
}
