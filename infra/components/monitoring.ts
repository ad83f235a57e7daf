import * as pulumi from '@pulumi/pulumi';
import { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { stringify } from 'yaml';
import { componentLabels } from '../kubernetes/labels.ts';
import { alertGroups } from '../monitoring/alertGroups.ts';
import type { MonitoredStack } from '../monitoring/monitoredStack.ts';
import { podMonitors } from '../monitoring/podMonitors.ts';
import { prometheusRules, type PrometheusRules } from '../monitoring/prometheusRules.ts';
import { scrapeConfigs } from '../monitoring/scrapeConfig.ts';
import { GrafanaDashboards } from './grafanaDashboards.ts';

/** Arguments of {@link Monitoring}. */
export interface MonitoringArgs {
  /** Jaeger's own namespace. */
  readonly namespace: pulumi.Input<string>;
  /** Version of Jaeger that its objects are labelled with. */
  readonly jaegerVersion: string;
  /** What there is to be watched. */
  readonly stack: MonitoredStack;
  /** Where the runbooks are: an address that pages are in, or one with `{alert}` in the place of a page's name. */
  readonly runbookBaseUrl: string;
  /** Whether PodMonitors and a PrometheusRule are made. The cluster must have their CRDs. */
  readonly prometheusOperator: boolean;
  /** Further labels of these, by which the operator selects. @defaultValue none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * How a stack is watched: alert rules and a scrape configuration as files in a ConfigMap, dashboards for Grafana and, for the
 * Prometheus operator, PodMonitors and a PrometheusRule. Whether these are made is said by the arguments, and not found out from
 * the cluster: a preview is the same everywhere.
 *
 * @example
 * ```ts
 * const { configMapName } = new Monitoring('monitoring', {
 *   namespace: 'tracing',
 *   jaegerVersion: '1.50.0',
 *   stack: {
 *     namespace: 'tracing',
 *     agentNamespace: 'tracing',
 *     streaming: false,
 *     login: false,
 *     memoryLimitMebibytes: { agent: 256, collector: 1024, query: 512 },
 *   },
 *   runbookBaseUrl: 'https://wiki.example/tracing/runbooks',
 *   prometheusOperator: true,
 *   labels: { release: 'kube-prometheus-stack' },
 * });
 * ```
 */
export class Monitoring extends pulumi.ComponentResource {
  /** Name of the ConfigMap with the files for a Prometheus without the operator. */
  readonly configMapName: pulumi.Output<string>;

  constructor(name: string, args: MonitoringArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:Monitoring', name, {}, options);
    const { namespace, jaegerVersion, stack, runbookBaseUrl } = args;
    const streaming = stack.streaming !== false;
    const rules = prometheusRules(alertGroups(stack), { runbookBaseUrl });
    const configMap = new ConfigMap(
      name,
      {
        metadata: { name: objectName, namespace, labels: componentLabels(objectName, jaegerVersion) },
        data: {
          'prometheus-rules.yaml': stringify(rules, asFile),
          'prometheus-scrape.yaml': stringify(scrapeConfigs(stack), asFile),
        },
      },
      { parent: this },
    );
    new GrafanaDashboards(name, { namespace, jaegerVersion, streaming, runbookBaseUrl }, { parent: this });
    if (args.prometheusOperator) this.forOperator(name, args, rules);
    this.configMapName = configMap.metadata.name;
    this.registerOutputs({ configMapName: this.configMapName });
  }

  private forOperator(name: string, args: MonitoringArgs, rules: PrometheusRules): void {
    const { namespace, jaegerVersion, labels } = args;
    const object = (kind: string, objectName: string, spec: object): CustomResource =>
      new CustomResource(
        `${name}-${kind}-${objectName}`,
        {
          apiVersion: 'monitoring.coreos.com/v1',
          kind,
          metadata: {
            name: objectName,
            namespace,
            labels: { ...componentLabels(objectName, jaegerVersion), ...labels },
          },
          spec,
        },
        { parent: this },
      );
    for (const { name: monitor, spec } of podMonitors(args.stack)) object('PodMonitor', monitor, spec);
    object('PrometheusRule', objectName, rules);
  }
}

const objectName = 'tracewright-monitoring';

/** Expressions are copied out of the file: they stay on one line. */
const asFile = { lineWidth: 0, aliasDuplicateObjects: false };
