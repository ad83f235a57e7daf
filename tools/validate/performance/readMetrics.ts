import type { KubeConfig } from '@kubernetes/client-node';
import { metricsPath } from '../../../infra/monitoring/scrapeTargets.ts';
import { requestOnePod, type PodPort } from '../../kube/requestPod.ts';
import { metricNames } from '../checks/monitoring/neededMetrics.ts';

/** Reads a pod's exposition. @throws Error where it is none, or lacks a metric that is `needed`. */
export async function readMetrics(kube: KubeConfig, target: PodPort, needed: readonly string[]): Promise<string> {
  const { status, body } = await requestOnePod(kube, target, { path: metricsPath });
  const pod = `pod ${target.namespace}/${target.pod}`;
  if (status !== 200) throw new Error(`${pod} answered ${metricsPath} with ${status}`);
  requireMetrics(pod, body, needed);
  return body;
}

/** @throws Error where an exposition lacks a metric: it would be taken for 0. */
export function requireMetrics(subject: string, exposition: string, needed: readonly string[]): void {
  const names = metricNames(exposition);
  const missing = needed.filter((name) => !names.has(name));
  if (missing.length > 0) throw new Error(`${subject} shows no ${missing.join(', ')}`);
}
