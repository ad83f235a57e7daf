import * as pulumi from '@pulumi/pulumi';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { serviceHost, tracingEndpoints } from '../jaeger/endpoints.ts';
import { parseStackArguments } from '../schema/parseStackConfig.ts';
import type { StackConfig, StackConfigInput } from '../schema/stackConfigSchema.ts';
import { ElasticsearchStorage } from './elasticsearchStorage.ts';
import { JaegerAgent } from './jaegerAgent.ts';
import { JaegerCollector } from './jaegerCollector.ts';
import { JaegerQuery } from './jaegerQuery.ts';
import { SamplingConfiguration } from './samplingConfiguration.ts';
import { TracingNamespace } from './tracingNamespace.ts';

/** Arguments of {@link TracingStack}: the keys of the stack's configuration, each with the same default. */
export interface TracingStackArgs extends Omit<StackConfigInput, 'elasticsearchPassword'> {
  /** Password of an external Elasticsearch. It is kept as a Pulumi secret. */
  readonly elasticsearchPassword?: pulumi.Input<string> | undefined;
}

/**
 * Jaeger on Kubernetes: collector, query service, agent, sampling strategies and storage in a namespace of their own.
 *
 * @example
 * ```ts
 * const tracing = new TracingStack('tracing', { collector: { replicas: 3 } });
 * const agentHost = tracing.endpoints.agent.host;
 * ```
 */
export class TracingStack extends pulumi.ComponentResource {
  /** Every address, and the environment block that applications take; known once all of Jaeger is ready. */
  readonly endpoints: pulumi.Output<TracingStackOutputs>;

  /**
   * @throws `StackConfigError` when arguments are out of range, with all problems at once.
   */
  constructor(name: string, args: TracingStackArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:TracingStack', name, {}, options);
    const config = wholeConfig(args);
    const { namespaceName: namespace } = new TracingNamespace(name, { name: config.namespace }, { parent: this });
    const parent = { parent: this };
    const storage = new ElasticsearchStorage(
      `${name}-elasticsearch`,
      {
        namespace,
        namespaceName: config.namespace,
        images: config,
        storage: config.storage,
        password: args.elasticsearchPassword,
      },
      parent,
    );
    const shared = { namespace, images: config, storage: storage.connection };
    const collector = this.collector(name, config, shared);
    const query = new JaegerQuery(`${name}-query`, { ...shared, ...config.query }, parent);
    const collectorHost = collector.headlessServiceName.apply((service) => serviceHost(service, config.namespace));
    const agent = new JaegerAgent(
      `${name}-agent`,
      { namespace, images: config, collectorHost, ...config.agent },
      parent,
    );
    this.endpoints = pulumi
      .all([collector.serviceName, query.serviceName, agent.serviceName])
      .apply(() =>
        tracingEndpoints({ namespace: config.namespace, jaegerVersion: config.jaegerVersion, hostPorts: false }),
      );
    this.registerOutputs({ endpoints: this.endpoints });
  }

  private collector(
    name: string,
    config: StackConfig,
    shared: Pick<ConstructorParameters<typeof JaegerCollector>[1], 'namespace' | 'images' | 'storage'>,
  ): JaegerCollector {
    const { reloadIntervalSeconds, ...strategies } = config.sampling;
    const { configMapName, fileName } = new SamplingConfiguration(
      `${name}-sampling`,
      { namespace: shared.namespace, jaegerVersion: config.jaegerVersion, strategies },
      { parent: this },
    );
    return new JaegerCollector(
      `${name}-collector`,
      { ...shared, ...config.collector, sampling: { configMapName, fileName, reloadIntervalSeconds } },
      { parent: this },
    );
  }
}

function wholeConfig({ elasticsearchPassword, ...args }: TracingStackArgs): StackConfig {
  const secret = elasticsearchPassword === undefined ? {} : { elasticsearchPassword: { secure: '' } };
  return parseStackArguments({ ...args, ...secret }, pulumi.getStack());
}
