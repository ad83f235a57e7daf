import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { monitoredStack } from '../../../../infra/monitoring/monitoredStack.ts';
import { applicationMetricsPort, metricsToLabel, scrapeTargets } from '../../../../infra/monitoring/scrapeTargets.ts';
import { isCurrentPod } from '../../../kube/podState.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { askPrometheus, targetsData, type PrometheusTarget } from './askPrometheus.ts';
import { scrapedPods } from './metricsAnswer.ts';

/** Every pod of the deployment, and of applications that are watched with it, is a target of Prometheus, which gets its metrics. */
export const prometheusTargets: Check = {
  id: 'prometheus-targets',
  component: 'monitoring',
  title: 'Prometheus scrapes every pod of the deployment',
  needs: ['prometheus'],
  run: async ({ deployment, signal }) => {
    const [{ activeTargets }, config, pods] = await Promise.all([
      askPrometheus(deployment, 'api/v1/targets?state=active', targetsData, signal),
      deployment.config(),
      deployment.pods(),
    ]);
    const own = scrapeTargets(monitoredStack(config)).flatMap((target) =>
      scrapedPods(target, pods).map((pod) => judgeTarget(pod, activeTargets, target.port.number)),
    );
    return [...own, ...(await ofApplications(await deployment.kube(), config.namespace, activeTargets))];
  },
};

/** Those of applications that say by their label that they are watched with this stack. */
async function ofApplications(
  kube: KubeConfig,
  namespace: string,
  targets: readonly PrometheusTarget[],
): Promise<readonly Finding[]> {
  const labelSelector = `${metricsToLabel}=${namespace}`;
  try {
    const { items } = await kube.makeApiClient(CoreV1Api).listPodForAllNamespaces({ labelSelector });
    return items.filter(isCurrentPod).flatMap((pod) => {
      const port = metricsPortOf(pod);
      return port === undefined ? [] : [judgeTarget(pod, targets, port)];
    });
  } catch (error) {
    const subject = `pods with the label ${labelSelector}`;
    return [{ outcome: 'unchecked', subject, expected: 'targets that are up', ...describeRefusal(error) }];
  }
}

function metricsPortOf({ spec }: V1Pod): number | undefined {
  return spec?.containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === applicationMetricsPort)
    ?.containerPort;
}

/** What Prometheus says of a port of a pod, which it finds by the labels that the alerts go by. Other ports are a sidecar's. */
export function judgeTarget({ metadata }: V1Pod, targets: readonly PrometheusTarget[], port: number): Finding {
  const { namespace = '', name = '' } = metadata ?? {};
  const subject = `Pod ${namespace}/${name}`;
  const expected = 'a target that is up';
  const ofPod = targets.filter(({ labels }) => labels['namespace'] === namespace && labels['pod'] === name);
  const own = ofPod.filter(({ scrapeUrl }) => portOf(scrapeUrl) === port);
  if (own.some(({ health }) => health === 'up')) return { outcome: 'ok', subject, expected, found: 'up' };
  const [target] = own;
  if (target === undefined)
    return {
      outcome: 'failed',
      subject,
      expected,
      found:
        ofPod.length === 0
          ? 'no target has its labels "namespace" and "pod"'
          : `it is scraped at another port (${ofPod.map(({ scrapeUrl }) => scrapeUrl).join(', ')}), and not at ${port}`,
      mend:
        `let Prometheus find it on port ${port}: by the scrape configuration in the ConfigMap tracewright-monitoring, by ` +
        'monitoring.prometheusOperator, or by annotations',
    };
  if (target.health === 'unknown')
    return {
      outcome: 'warning',
      subject,
      expected,
      found: 'a target that was not scraped yet',
      mend: 'Prometheus has just found it: look again after its scrape interval',
    };
  return {
    outcome: 'failed',
    subject,
    expected,
    found: `a target that is ${target.health}: ${target.lastError || 'no reason is given'}`,
    mend: 'let Prometheus in by network.prometheus, and see whether the pod answers (check metrics-answer)',
  };
}

function portOf(scrapeUrl: string): number | undefined {
  if (!URL.canParse(scrapeUrl)) return undefined;
  const { port, protocol } = new URL(scrapeUrl);
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
