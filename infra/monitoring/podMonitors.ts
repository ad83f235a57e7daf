import { selectorLabels } from '../kubernetes/labels.ts';
import type { MonitoredStack } from './monitoredStack.ts';
import { applicationMetricsPort, jobLabel, metricsPath, metricsToLabel, scrapeTargets } from './scrapeTargets.ts';

/** What the Prometheus operator's PodMonitor says, of which we use a part. */
export interface PodMonitorSpec {
  readonly jobLabel: string;
  readonly namespaceSelector: { readonly matchNames: readonly string[] } | { readonly any: true };
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly podMetricsEndpoints: readonly { readonly port: string; readonly path: string }[];
}

/** A PodMonitor to be made. */
export interface NamedPodMonitor {
  readonly name: string;
  readonly spec: PodMonitorSpec;
}

/**
 * PodMonitors of a stack: one for each component, and one for applications. Not ServiceMonitors: the ports that metrics are on also
 * show profiles, and are in no Service for that reason.
 */
export function podMonitors(stack: MonitoredStack): readonly NamedPodMonitor[] {
  const components = scrapeTargets(stack).map(({ workload, namespace, port }) => ({
    name: workload,
    spec: {
      jobLabel,
      namespaceSelector: { matchNames: [namespace] },
      selector: { matchLabels: selectorLabels(workload) },
      podMetricsEndpoints: [{ port: port.name, path: metricsPath }],
    },
  }));
  const applications: NamedPodMonitor = {
    name: 'tracewright-applications',
    spec: {
      jobLabel,
      namespaceSelector: { any: true },
      selector: { matchLabels: { [metricsToLabel]: stack.namespace } },
      podMetricsEndpoints: [{ port: applicationMetricsPort, path: metricsPath }],
    },
  };
  return [...components, applications];
}
