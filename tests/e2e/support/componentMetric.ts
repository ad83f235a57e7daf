import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { adminPorts } from '../../../infra/jaeger/ports.ts';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { sumOfMetric } from '../../support/sumOfMetric.ts';
import { getFromPod } from './podHttp.ts';

const ports: Readonly<Record<string, number>> = {
  [serviceNames.collector]: adminPorts.collector.number,
  [serviceNames.ingester]: adminPorts.ingester.number,
};

/**
 * The sum of a metric over the label sets that begin as said and over a component's running pods, as the pods show it now.
 *
 * @param name - name, or name and labels: `spans_total{status="ok"}`
 */
export async function componentMetric(
  kube: KubeConfig,
  namespace: string,
  component: string,
  name: string,
): Promise<number> {
  const labelSelector = `app.kubernetes.io/name=${component}`;
  const { items } = await kube.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector });
  const running = items.filter(
    ({ metadata, status }) => metadata?.deletionTimestamp === undefined && status?.phase === 'Running',
  );
  const port = ports[component];
  if (port === undefined) throw new Error(`nobody knows where ${component} shows metrics`);
  const shown = await Promise.all(
    running.map(({ metadata }) => getFromPod(kube, namespace, metadata?.name ?? '', port, '/metrics')),
  );
  return shown.reduce((sum, exposition) => sum + sumOfMetric(exposition, name), 0);
}
