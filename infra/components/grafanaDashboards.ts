import * as pulumi from '@pulumi/pulumi';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { componentLabels } from '../kubernetes/labels.ts';
import { type DashboardFile, dashboardFiles, type DashboardSettings } from '../monitoring/dashboards/dashboards.ts';

/** Arguments of {@link GrafanaDashboards}. */
export interface GrafanaDashboardsArgs extends DashboardSettings {
  /** Jaeger's own namespace. */
  readonly namespace: pulumi.Input<string>;
  /** Version of Jaeger that its objects are labelled with. */
  readonly jaegerVersion: string;
}

/**
 * Dashboards for Grafana: a ConfigMap for each, with the label `grafana_dashboard: "1"`, by which the sidecar of Grafana's
 * Helm chart finds it. Where there is no Grafana they are just ConfigMaps.
 *
 * @example
 * ```ts
 * new GrafanaDashboards('dashboards', {
 *   namespace: 'tracing',
 *   jaegerVersion: '1.50.0',
 *   streaming: false,
 *   runbookBaseUrl: 'https://wiki.example/tracing/runbooks',
 * });
 * ```
 */
export class GrafanaDashboards extends pulumi.ComponentResource {
  /** Names of the ConfigMaps. */
  readonly configMapNames: pulumi.Output<readonly string[]>;

  constructor(name: string, args: GrafanaDashboardsArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:GrafanaDashboards', name, {}, options);
    const configMaps = dashboardFiles(args).map((file) => this.configMap(name, args, file));
    this.configMapNames = pulumi.all(configMaps.map(({ metadata }) => metadata.name));
    this.registerOutputs({ configMapNames: this.configMapNames });
  }

  private configMap(
    name: string,
    { namespace, jaegerVersion }: GrafanaDashboardsArgs,
    { name: dashboard, fileName, text }: DashboardFile,
  ): ConfigMap {
    const labels = { ...componentLabels('grafana-dashboards', jaegerVersion), grafana_dashboard: '1' };
    // The folder in Grafana, where its sidecar is told to look at this annotation.
    const annotations = { grafana_folder: 'Tracewright' };
    const metadata = { name: `grafana-dashboard-${dashboard}`, namespace, labels, annotations };
    return new ConfigMap(`${name}-${dashboard}`, { metadata, data: { [fileName]: text } }, { parent: this });
  }
}
