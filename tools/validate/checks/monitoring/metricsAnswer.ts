import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import { monitoredStack } from '../../../../infra/monitoring/monitoredStack.ts';
import { jobLabel, metricsPath, scrapeTargets, type ScrapeTarget } from '../../../../infra/monitoring/scrapeTargets.ts';
import { isCurrentPod } from '../../../kube/podState.ts';
import { requestOnePod, type PodAnswer } from '../../../kube/requestPod.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { metricNames, neededMetrics } from './neededMetrics.ts';

/** Asks what Prometheus would ask, without Prometheus: every pod of the scrape configuration, for the metrics that alerts read. */
export const metricsAnswer: Check = {
  id: 'metrics-answer',
  component: 'monitoring',
  title: 'every pod that is to be scraped shows the metrics that the alerts read',
  run: async ({ deployment, signal }) => {
    const [kube, config, pods] = await Promise.all([deployment.kube(), deployment.config(), deployment.pods()]);
    const stack = monitoredStack(config);
    const groups = alertGroups(stack);
    const found = scrapeTargets(stack).map(async (target) => {
      const scraped = scrapedPods(target, pods);
      if (scraped.length === 0) return [noPod(target)];
      const needed = neededMetrics(groups, target.workload);
      return Promise.all(scraped.map((pod) => ask(kube, target, pod, needed, signal)));
    });
    return (await Promise.all(found)).flat();
  },
};

/** The pods of a target that Prometheus would find: one that has ended is none. */
export function scrapedPods({ namespace, workload }: ScrapeTarget, pods: readonly V1Pod[]): readonly V1Pod[] {
  return pods.filter(
    (pod) => pod.metadata?.namespace === namespace && pod.metadata.labels?.[jobLabel] === workload && isCurrentPod(pod),
  );
}

/** What an answer to a scrape says of a pod. */
export function judgeExposition(
  subject: string,
  { status, body }: Pick<PodAnswer, 'status' | 'body'>,
  needed: readonly string[],
): Finding {
  const expected = `${needed.length} metrics that alerts read`;
  const names = metricNames(body);
  if (status !== 200 || names.size === 0) {
    const found = status === 200 ? 'an answer of 200 without any metric' : `an answer of ${status}`;
    return {
      outcome: 'failed',
      subject,
      expected,
      found,
      mend: "see what the pod says (`kubectl logs`): another program may listen on its port, or its arguments are not the stack's",
    };
  }
  const missing = needed.filter((name) => !names.has(name));
  if (missing.length === 0) return { outcome: 'ok', subject, expected, found: 'all of them' };
  return {
    outcome: missing.length === needed.length ? 'failed' : 'warning',
    subject,
    expected,
    found: `without ${missing.join(', ')}`,
    mend: 'alerts that read them cannot fire: see whether the image is of the configured version of Jaeger; some counters begin with the first span',
  };
}

async function ask(
  kube: KubeConfig,
  { port, namespace }: ScrapeTarget,
  { metadata }: V1Pod,
  needed: readonly string[],
  signal: AbortSignal,
): Promise<Finding> {
  const pod = metadata?.name ?? '';
  const subject = `Pod ${namespace}/${pod}, port ${port.name}`;
  try {
    const answer = await requestOnePod(kube, { namespace, pod, port: port.number }, { path: metricsPath, signal });
    return judgeExposition(subject, answer, needed);
  } catch (error) {
    if (signal.aborted) throw error;
    return {
      outcome: 'failed',
      subject,
      expected: `${needed.length} metrics that alerts read`,
      found: `no answer: ${describeRefusal(error).found}`,
      mend: `see whether the pod runs (\`kubectl get pod --namespace ${namespace} ${pod}\`) and what it says (\`kubectl logs\`)`,
    };
  }
}

function noPod({ workload, namespace, port }: ScrapeTarget): Finding {
  return {
    outcome: 'failed',
    subject: `Pods of ${namespace}/${workload}, port ${port.name}`,
    expected: 'at least one that is scraped',
    found: 'none',
    mend: '`npm run status` says what the workload waits for; `npm run up` makes it anew',
  };
}
