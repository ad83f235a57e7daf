import { ownPart, partOfLabel } from '../kubernetes/labels.ts';
import type { MonitoredStack } from './monitoredStack.ts';
import { applicationMetricsPort, jobLabel, metricsPath, metricsToLabel, scrapeTargets } from './scrapeTargets.ts';

/** A step of Prometheus' relabelling, of which we use a part. */
export interface RelabelConfig {
  readonly source_labels: readonly string[];
  readonly regex?: string;
  readonly action: 'keep' | 'drop' | 'replace';
  readonly target_label?: string;
}

/** An entry of `scrape_configs`. */
export interface ScrapeConfig {
  readonly job_name: string;
  readonly metrics_path: string;
  readonly kubernetes_sd_configs: readonly {
    readonly role: 'pod';
    readonly namespaces?: { readonly names: readonly string[] };
  }[];
  readonly relabel_configs: readonly RelabelConfig[];
}

/**
 * What a Prometheus without the operator scrapes of a stack: a file for its `scrape_config_files` (2.43 and later), whose entries
 * may as well be copied into its own. It goes by labels and names of ports, not by annotations, and gives each series the
 * `namespace`, `pod` and `job` that the operator does.
 */
export function scrapeConfigs(stack: MonitoredStack): { readonly scrape_configs: readonly ScrapeConfig[] } {
  return { scrape_configs: [componentsConfig(stack), applicationsConfig(stack)] };
}

function componentsConfig(stack: MonitoredStack): ScrapeConfig {
  const targets = scrapeTargets(stack);
  const ports = targets.map(({ workload, port }) => `${workload};${port.name}`);
  return {
    job_name: `tracewright-${stack.namespace}`,
    metrics_path: metricsPath,
    kubernetes_sd_configs: [
      { role: 'pod', namespaces: { names: [...new Set(targets.map(({ namespace }) => namespace))] } },
    ],
    relabel_configs: [
      { source_labels: [podLabel(partOfLabel)], regex: ownPart, action: 'keep' },
      { source_labels: [podLabel(jobLabel), portName], regex: ports.join('|'), action: 'keep' },
      ...running,
    ],
  };
}

function applicationsConfig({ namespace }: MonitoredStack): ScrapeConfig {
  return {
    job_name: `tracewright-applications-${namespace}`,
    metrics_path: metricsPath,
    kubernetes_sd_configs: [{ role: 'pod' }],
    relabel_configs: [
      { source_labels: [podLabel(metricsToLabel)], regex: namespace, action: 'keep' },
      { source_labels: [portName], regex: applicationMetricsPort, action: 'keep' },
      ...running,
    ],
  };
}

const portName = '__meta_kubernetes_pod_container_port_name';

/** A pod that has ended answers no more, and is nobody's fault; the others get the labels that alerts go by. */
const running: readonly RelabelConfig[] = [
  { source_labels: ['__meta_kubernetes_pod_phase'], regex: 'Failed|Succeeded', action: 'drop' },
  // A pod without this label keeps the name of the entry.
  { source_labels: [podLabel(jobLabel)], regex: '(.+)', action: 'replace', target_label: 'job' },
  { source_labels: ['__meta_kubernetes_namespace'], action: 'replace', target_label: 'namespace' },
  { source_labels: ['__meta_kubernetes_pod_name'], action: 'replace', target_label: 'pod' },
  { source_labels: ['__meta_kubernetes_pod_container_name'], action: 'replace', target_label: 'container' },
  { source_labels: ['__meta_kubernetes_pod_node_name'], action: 'replace', target_label: 'node' },
];

/** How Prometheus calls a label of a pod while it discovers. */
function podLabel(label: string): string {
  return `__meta_kubernetes_pod_label_${label.replaceAll(/[^a-zA-Z0-9_]/g, '_')}`;
}
