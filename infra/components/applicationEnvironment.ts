import * as pulumi from '@pulumi/pulumi';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { applicationEnvironmentName } from '../jaeger/endpoints.ts';
import { componentLabels } from '../kubernetes/labels.ts';

/** Arguments of {@link ApplicationEnvironment}. */
export interface ApplicationEnvironmentArgs {
  /** Jaeger's own namespace. */
  readonly namespace: pulumi.Input<string>;
  /** Version of Jaeger that its objects are labelled with. */
  readonly jaegerVersion: string;
  /** Other namespaces, which exist already. */
  readonly applicationNamespaces: readonly string[];
  /** The variables: the stack's `environment` output. */
  readonly environment: pulumi.Input<Readonly<Record<string, string>>>;
}

/**
 * The variables that applications need to report to the stack, as a ConfigMap in each of their namespaces: a pod takes it with
 * `envFrom` and knows all addresses.
 *
 * @example
 * ```ts
 * const { configMapName } = new ApplicationEnvironment('environment', {
 *   namespace: 'tracing',
 *   jaegerVersion: '1.50.0',
 *   applicationNamespaces: ['shop'],
 *   environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger-collector.tracing.svc:4318' },
 * });
 * ```
 */
export class ApplicationEnvironment extends pulumi.ComponentResource {
  /** Name of the ConfigMap, the same in each namespace. */
  readonly configMapName: pulumi.Output<string>;

  constructor(name: string, args: ApplicationEnvironmentArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:ApplicationEnvironment', name, {}, options);
    const labels = componentLabels(applicationEnvironmentName, args.jaegerVersion);
    const own = this.configMap(name, args.namespace, labels, args.environment);
    for (const namespace of args.applicationNamespaces)
      this.configMap(`${name}-${namespace}`, namespace, labels, args.environment);
    this.configMapName = own.metadata.name;
    this.registerOutputs({ configMapName: this.configMapName });
  }

  private configMap(
    name: string,
    namespace: pulumi.Input<string>,
    labels: Record<string, string>,
    data: ApplicationEnvironmentArgs['environment'],
  ): ConfigMap {
    const metadata = { name: applicationEnvironmentName, namespace, labels };
    return new ConfigMap(name, { metadata, data }, { parent: this });
  }
}
