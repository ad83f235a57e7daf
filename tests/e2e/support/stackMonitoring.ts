import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Haste } from '../../support/hastened.ts';

const rule = z.looseObject({ alert: z.string(), expr: z.string(), for: z.string() });
const rulesFile = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(rule) })) });
const scrapeFile = z.object({ scrape_configs: z.array(z.looseObject({ job_name: z.string() })) });
const dashboardKey = /^tracewright-.*\.json$/;

/** Alert rules as a stack's ConfigMap has them. */
export type RulesFile = z.infer<typeof rulesFile>;

/** What a stack gives to whoever monitors it, as it is deployed. */
export interface StackMonitoring {
  readonly rules: RulesFile;
  readonly scrapeConfigs: readonly unknown[];
  /** JSON of every dashboard, by file. */
  readonly dashboards: Readonly<Record<string, string>>;
}

/** Reads a stack's ConfigMaps. */
export async function readStackMonitoring(kube: KubeConfig, namespace: string): Promise<StackMonitoring> {
  const { items } = await kube.makeApiClient(CoreV1Api).listNamespacedConfigMap({ namespace });
  const files = Object.fromEntries(items.flatMap(({ data = {} }) => Object.entries(data)));
  return {
    rules: rulesFile.parse(parse(files['prometheus-rules.yaml'] ?? '')),
    scrapeConfigs: scrapeFile.parse(parse(files['prometheus-scrape.yaml'] ?? '')).scrape_configs,
    dashboards: Object.fromEntries(Object.entries(files).filter(([name]) => dashboardKey.test(name))),
  };
}

/** The times of rules in a cluster: three seconds for a minute. */
export const haste: Haste = { waiting: 1 / 20, lookingBack: 1 / 20 };

/** How many a Prometheus is configured that goes by annotations: the example of its own documentation for pods. */
export const annotationScrapeConfig = {
  job_name: 'annotated-pods',
  kubernetes_sd_configs: [{ role: 'pod' }],
  relabel_configs: [
    { source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_scrape'], regex: 'true', action: 'keep' },
    {
      source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_path'],
      regex: '(.+)',
      target_label: '__metrics_path__',
    },
    {
      source_labels: ['__meta_kubernetes_pod_ip', '__meta_kubernetes_pod_annotation_prometheus_io_port'],
      regex: '(.+);(\\d+)',
      replacement: '$1:$2',
      target_label: '__address__',
    },
    { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
    { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
  ],
} as const;
