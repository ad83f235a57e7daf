import {
  ApiException,
  ApiregistrationV1Api,
  AutoscalingV2Api,
  type KubeConfig,
  type V1APIService,
  type V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import { shorten } from './logLines.ts';
import { noneIfForbidden } from './noneIfForbidden.ts';
import type { PlacedProblem } from './workload.ts';

const metricsApi = 'v1beta1.metrics.k8s.io';

// Metrics of new pods are there a scrape or two after they are ready (metrics-server: every 15 s); until then an autoscaler
// complains though nothing is wrong.
const settledMillis = 60_000;

/** The autoscalers of some namespaces that have nothing to go by. */
export async function listBlindAutoscalers(
  config: KubeConfig,
  namespaces: readonly string[],
  nowMillis: number = Date.now(),
): Promise<PlacedProblem[]> {
  const autoscaling = config.makeApiClient(AutoscalingV2Api);
  const lists = namespaces.map(async (namespace) => {
    const { items } = await autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace }).catch(noneIfForbidden);
    return items.map((autoscaler) => ({ namespace, autoscaler }));
  });
  const found = (await Promise.all(lists)).flat();
  if (found.length === 0) return [];
  const lack = await readMetricsLack(config);
  return found.flatMap(({ namespace, autoscaler }) => {
    const problem = autoscalerProblem(autoscaler, lack, nowMillis);
    const name = autoscaler.metadata?.name ?? '';
    return problem === undefined ? [] : [{ namespace, kind: 'HorizontalPodAutoscaler' as const, name, problem }];
  });
}

/** Why the cluster serves no CPU figures of pods; undefined where it does, or nobody may know. */
export async function readMetricsLack(config: KubeConfig): Promise<string | undefined> {
  const registration = config.makeApiClient(ApiregistrationV1Api);
  try {
    return metricsLack(await registration.readAPIService({ name: metricsApi }));
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return metricsLack(undefined);
    if (error instanceof ApiException && error.code === 403) return undefined;
    throw error;
  }
}

/** {@link readMetricsLack} for what is registered; `undefined` stands for nothing. */
export function metricsLack(service: Pick<V1APIService, 'status'> | undefined): string | undefined {
  if (service === undefined)
    return `the cluster serves no resource metrics (APIService ${metricsApi} is not there): install metrics-server`;
  const available = service.status?.conditions?.find(({ type }) => type === 'Available');
  if (available?.status === 'True') return undefined;
  const why = available?.message ?? 'nobody has looked at it yet';
  return `the cluster's resource metrics do not answer (APIService ${metricsApi}: ${shorten(why)}): see to metrics-server`;
}

/** What keeps an autoscaler from its work; undefined where nothing does. */
export function autoscalerProblem(
  { status }: Pick<V2HorizontalPodAutoscaler, 'status'>,
  lack: string | undefined,
  nowMillis: number,
): string | undefined {
  // It has not looked yet: a Deployment that names no number has one pod.
  const pods = `keeps the number of pods at ${status?.currentReplicas ?? 1}, whatever their load`;
  if (lack !== undefined) return `${pods}: ${lack}`;
  const failed = status?.conditions?.find(
    ({ type, status: holds, reason, lastTransitionTime }) =>
      ['AbleToScale', 'ScalingActive'].includes(type) &&
      holds === 'False' &&
      // Scaled to 0 by hand: that is said of the workload.
      reason !== 'ScalingDisabled' &&
      nowMillis - new Date(lastTransitionTime ?? 0).getTime() > settledMillis,
  );
  return failed === undefined ? undefined : `${pods}: ${shorten(failed.message ?? failed.reason ?? '')}`;
}
