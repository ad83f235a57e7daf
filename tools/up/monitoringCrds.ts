import { ApiException, CustomObjectsApi, type KubeConfig } from '@kubernetes/client-node';
import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';

const group = 'monitoring.coreos.com';
const version = 'v1';

/** What a stack makes for the Prometheus operator. */
const wanted = ['PodMonitor', 'PrometheusRule'] as const;

/** What the configuration says of monitoring. */
export type MonitoringConfig = Pick<StackConfig, 'monitoring' | 'network'>;

/** The configuration asks for objects of the Prometheus operator, which the cluster does not know. */
export class MissingMonitoringCrdsError extends Error {
  override readonly name = 'MissingMonitoringCrdsError';

  constructor(missing: readonly string[]) {
    const crds = missing.map((kind) => `${kind.toLowerCase()}s.${group}`).join(', ');
    super(
      `tracewright:monitoring.prometheusOperator = true: the cluster lacks the CRDs ${crds} (${version}), which the Prometheus operator ` +
        'brings. Install the operator or its CRDs first; or leave the key out: Prometheus then finds the stack by annotations or the ' +
        'file in the ConfigMap tracewright-monitoring (docs/monitoring.md). Nothing was deployed.',
    );
  }
}

/**
 * Makes sure that the cluster knows what a configuration has made for the Prometheus operator, and tells what it lets lie.
 * @returns what whoever deploys may want to know.
 * @throws MissingMonitoringCrdsError
 */
export async function requireMonitoringCrds(kube: KubeConfig, config: MonitoringConfig): Promise<readonly string[]> {
  return judgeMonitoring(await servedKinds(kube), config);
}

/** {@link requireMonitoringCrds} for the kinds that a cluster serves. @throws MissingMonitoringCrdsError */
export function judgeMonitoring(
  served: readonly string[],
  { monitoring: { prometheusOperator }, network: { prometheus, unenforced } }: MonitoringConfig,
): readonly string[] {
  const missing = wanted.filter((kind) => !served.includes(kind));
  if (!prometheusOperator)
    return missing.length > 0
      ? []
      : [
          'the cluster has the Prometheus operator: monitoring.prometheusOperator: true makes PodMonitors and alerts for it',
        ];
  if (missing.length > 0) throw new MissingMonitoringCrdsError(missing);
  return prometheus === undefined && !unenforced
    ? [
        'the network policies let no Prometheus in, and every target will be down: say where it is in network.prometheus',
      ]
    : [];
}

/** By discovery, which everybody may ask who may ask the API server at all. */
async function servedKinds(kube: KubeConfig): Promise<readonly string[]> {
  try {
    const { resources } = await kube.makeApiClient(CustomObjectsApi).getAPIResources({ group, version });
    return resources.map(({ kind }) => kind);
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return [];
    throw error;
  }
}
