import * as pulumi from '@pulumi/pulumi';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { agentNamespace, ingressUrl, serviceHost, tracingEndpoints } from '../jaeger/endpoints.ts';
import type { ImageSource } from '../jaeger/images.ts';
import type { KafkaConnection } from '../jaeger/kafkaClient.ts';
import type { LoginSettings } from '../jaeger/login.ts';
import { networkFlows } from '../jaeger/networkFlows.ts';
import { queryPorts } from '../jaeger/ports.ts';
import { monitoredStack } from '../monitoring/monitoredStack.ts';
import { flowSettings } from '../schema/flowSettings.ts';
import { parseStackArguments } from '../schema/parseStackConfig.ts';
import type { StackConfig, StackConfigInput } from '../schema/stackConfigSchema.ts';
import { AccessRoles } from './accessRoles.ts';
import { ApplicationEnvironment } from './applicationEnvironment.ts';
import { ElasticsearchStorage } from './elasticsearchStorage.ts';
import { IndexCleaner } from './indexCleaner.ts';
import { JaegerAgent } from './jaegerAgent.ts';
import { JaegerCollector } from './jaegerCollector.ts';
import { JaegerIngester } from './jaegerIngester.ts';
import { JaegerQuery } from './jaegerQuery.ts';
import { KafkaStreaming } from './kafkaStreaming.ts';
import { Monitoring } from './monitoring.ts';
import { NetworkPolicies } from './networkPolicies.ts';
import { NetworkPolicyCheck } from './networkPolicyCheck.ts';
import { Oauth2Proxy } from './oauth2Proxy.ts';
import { QueryIngress } from './queryIngress.ts';
import { SamplingConfiguration } from './samplingConfiguration.ts';
import { TracingNamespace } from './tracingNamespace.ts';
import { TracingPriority } from './tracingPriority.ts';

export { readSamplingFile, type SamplingInput } from '../schema/samplingFile.ts';

/** Arguments of {@link TracingStack}: the keys of the stack's configuration, each with the same default. */
export interface TracingStackArgs extends Omit<StackConfigInput, 'elasticsearchPassword'> {
  /** Password of an external Elasticsearch. It is kept as a Pulumi secret. */
  readonly elasticsearchPassword?: pulumi.Input<string> | undefined;
}

/** What every part of a stack is made with. */
interface Shared {
  readonly namespace: pulumi.Output<string>;
  readonly images: ImageSource;
  readonly priorityClassName: pulumi.Input<string>;
  readonly storage: ElasticsearchStorage['connection'];
  readonly annotatesMetrics: boolean;
}

type Oidc = NonNullable<NonNullable<StackConfig['ingress']>['oidc']>;

/** What streaming adds to a stack. */
interface Streaming {
  readonly kafka: KafkaConnection;
  readonly ingester: JaegerIngester;
}

/** The stack's namespaces, once no pod in them is open. */
interface ClosedNamespaces {
  readonly main: pulumi.Output<string>;
  readonly agent: pulumi.Output<string>;
}

/**
 * Jaeger on Kubernetes: collector, query service, agent, sampling strategies and storage in a namespace of their own.
 *
 * @example
 * ```ts
 * const tracing = new TracingStack('tracing', {
 *   environment: 'prod',
 *   storage: {
 *     kind: 'external',
 *     urls: ['https://elasticsearch.example:9200'],
 *     egressCidrs: ['10.20.0.0/16'],
 *     username: 'jaeger',
 *     existingSecret: { name: 'elasticsearch-jaeger-user' },
 *   },
 *   collector: { replicas: 5 },
 * });
 * export const environment = tracing.endpoints.environment;
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
    const namespaces = this.namespaces(name, config);
    const shared = this.shared(name, config, namespaces, args.elasticsearchPassword);
    const streaming = this.streaming(name, config, shared);
    const collector = this.collector(name, config, shared, streaming?.kafka);
    const query = new JaegerQuery(
      `${name}-query`,
      { ...shared, resources: config.query.resources, scale: config.query, basePath: config.query.basePath },
      { parent: this },
    );
    const agent = this.agent(name, config, shared, namespaces, collector);
    this.maintenance(name, config, shared);
    this.policyCheck(name, config, shared, collector);
    this.access(name, config, namespaces);
    this.monitoring(name, config, shared);
    const ready = [
      collector.serviceName,
      query.serviceName,
      agent.serviceName,
      ...(streaming ? [streaming.ingester.deploymentName] : []),
    ];
    const ingress = this.ingress(name, config, shared, query);
    const endpoints = endpointsOf(config);
    this.applications(name, config, shared, endpoints);
    this.endpoints = pulumi.all([...ready, ...(ingress ? [ingress.url] : [])]).apply(() => endpoints);
    this.registerOutputs({ endpoints: this.endpoints });
  }

  /** An agent with ports of its node gets a namespace of its own, so that Jaeger's can stay restricted. */
  private namespaces(name: string, config: StackConfig): ClosedNamespaces {
    const { namespace, deletionProtection, jaegerVersion, agent } = config;
    const { namespaceName } = new TracingNamespace(name, { name: namespace, deletionProtection }, { parent: this });
    const agentName = agentNamespace({ namespace, hostPorts: agent.hostPorts });
    const agentPlace = agent.hostPorts && {
      name: agentName,
      namespace: new TracingNamespace(`${name}-agent`, { name: agentName, podSecurity: 'privileged' }, { parent: this })
        .namespaceName,
    };
    const policies = new NetworkPolicies(
      `${name}-policies`,
      {
        main: { name: namespace, namespace: namespaceName },
        ...(agentPlace && { agent: agentPlace }),
        jaegerVersion,
        flows: networkFlows(flowSettings(config)),
      },
      { parent: this },
    );
    return { main: policies.namespaceName, agent: policies.agentNamespaceName };
  }

  private shared(
    name: string,
    {
      namespace: namespaceName,
      jaegerVersion,
      imageRegistry,
      storage,
      deletionProtection,
      priorityClassName: existingClass,
      monitoring,
    }: StackConfig,
    { main: namespace }: ClosedNamespaces,
    password: TracingStackArgs['elasticsearchPassword'],
  ): Shared {
    const images = { jaegerVersion, imageRegistry };
    const priorityClassName =
      existingClass ?? new TracingPriority(`${name}-priority`, { namespaceName }, { parent: this }).priorityClassName;
    const { connection } = new ElasticsearchStorage(
      `${name}-elasticsearch`,
      { namespace, namespaceName, images, storage, password, deletionProtection, priorityClassName },
      { parent: this },
    );
    return {
      namespace,
      images,
      priorityClassName,
      storage: connection,
      annotatesMetrics: monitoring.annotations,
    };
  }

  /** Kafka and the ingesters that empty it, where spans come to the storage by them; what collectors write to instead of the storage. */
  private streaming(name: string, config: StackConfig, shared: Shared): Streaming | undefined {
    if (config.strategy === 'direct') return undefined;
    const { streaming, namespace: namespaceName, deletionProtection } = config;
    const { namespace, images, priorityClassName } = shared;
    const { connection: kafka } = new KafkaStreaming(
      `${name}-kafka`,
      { namespace, namespaceName, images, streaming, deletionProtection, priorityClassName },
      { parent: this },
    );
    const { parallelism, resources, ...scale } = config.ingester;
    const ingester = new JaegerIngester(
      `${name}-ingester`,
      { ...shared, kafka, scale, parallelism, resources },
      { parent: this },
    );
    return { kafka, ingester };
  }

  private collector(
    name: string,
    config: StackConfig,
    shared: Shared,
    kafka: KafkaConnection | undefined,
  ): JaegerCollector {
    const { reloadIntervalSeconds, ...strategies } = config.sampling;
    const { configMapName, fileName } = new SamplingConfiguration(
      `${name}-sampling`,
      { namespace: shared.namespace, jaegerVersion: config.jaegerVersion, strategies },
      { parent: this },
    );
    return new JaegerCollector(
      `${name}-collector`,
      {
        ...shared,
        storage: kafka ?? shared.storage,
        scale: config.collector,
        queueSize: config.collector.queueSize,
        resources: config.collector.resources,
        sampling: { configMapName, fileName, reloadIntervalSeconds },
      },
      { parent: this },
    );
  }

  private agent(
    name: string,
    config: StackConfig,
    { images, priorityClassName, annotatesMetrics }: Shared,
    { agent: namespace }: ClosedNamespaces,
    collector: JaegerCollector,
  ): JaegerAgent {
    const collectorHost = collector.headlessServiceName.apply((service) => serviceHost(service, config.namespace));
    return new JaegerAgent(
      `${name}-agent`,
      { namespace, images, priorityClassName, annotatesMetrics, collectorHost, ...config.agent },
      { parent: this },
    );
  }

  private maintenance(name: string, { storage }: StackConfig, shared: Shared): void {
    new IndexCleaner(`${name}-index-cleaner`, { ...shared, schedule: storage.cleanupSchedule }, { parent: this });
  }

  private policyCheck(name: string, config: StackConfig, shared: Shared, collector: JaegerCollector): void {
    if (config.network.unenforced) return;
    const { namespace, images, priorityClassName } = shared;
    const collectorHost = collector.serviceName.apply((service) => serviceHost(service, config.namespace));
    new NetworkPolicyCheck(
      `${name}-policy-check`,
      { namespace, images, collectorHost, priorityClassName },
      { parent: this },
    );
  }

  private monitoring(name: string, config: StackConfig, { namespace }: Shared): void {
    const { jaegerVersion, monitoring } = config;
    const { runbookBaseUrl, prometheusOperator, labels } = monitoring;
    const stack = monitoredStack(config);
    new Monitoring(
      `${name}-monitoring`,
      { namespace, jaegerVersion, stack, runbookBaseUrl, prometheusOperator, labels },
      { parent: this },
    );
  }

  private access(name: string, { access, agent, jaegerVersion }: StackConfig, namespaces: ClosedNamespaces): void {
    new AccessRoles(`${name}-access`, { namespace: namespaces.main, jaegerVersion, ...access }, { parent: this });
    if (agent.hostPorts)
      new AccessRoles(
        `${name}-agent-access`,
        { namespace: namespaces.agent, jaegerVersion, ...access },
        { parent: this },
      );
  }

  private ingress(
    name: string,
    { ingress, jaegerVersion, query: { basePath } }: StackConfig,
    shared: Shared,
    query: JaegerQuery,
  ): QueryIngress | undefined {
    if (ingress === undefined) return undefined;
    const { oidc, host } = ingress;
    const { serviceName } =
      oidc === undefined ? query : this.login(name, oidc, { host, basePath }, shared, query.serviceName);
    return new QueryIngress(
      `${name}-ingress`,
      { namespace: shared.namespace, jaegerVersion, serviceName, basePath, ...ingress },
      { parent: this },
    );
  }

  private login(
    name: string,
    { existingSecret: secret, ca, replicas, ...issuer }: Oidc,
    ui: Pick<LoginSettings, 'host' | 'basePath'>,
    { namespace, images, priorityClassName, annotatesMetrics }: Shared,
    query: pulumi.Output<string>,
  ): Oauth2Proxy {
    const host = pulumi.all([query, namespace]).apply(([service, place]) => serviceHost(service, place));
    const upstream = pulumi.interpolate`http://${host}:${queryPorts.http.number}`;
    const login = { ...issuer, ...ui, secret, ca: ca?.existingSecret };
    return new Oauth2Proxy(
      `${name}-login`,
      { namespace, images, replicas, priorityClassName, annotatesMetrics, upstream, login },
      { parent: this },
    );
  }

  private applications(
    name: string,
    { applicationNamespaces, jaegerVersion }: StackConfig,
    { namespace }: Shared,
    { environment }: TracingStackOutputs,
  ): void {
    new ApplicationEnvironment(
      `${name}-environment`,
      { namespace, jaegerVersion, applicationNamespaces, environment },
      { parent: this },
    );
  }
}

function endpointsOf({ namespace, jaegerVersion, agent, query, ingress }: StackConfig): TracingStackOutputs {
  const { hostPorts } = agent;
  const { basePath } = query;
  return tracingEndpoints({
    namespace,
    jaegerVersion,
    hostPorts,
    basePath,
    ...(ingress && { publicUrl: ingressUrl({ ...ingress, basePath }) }),
  });
}

function wholeConfig({ elasticsearchPassword, ...args }: TracingStackArgs): StackConfig {
  const secret = elasticsearchPassword === undefined ? {} : { elasticsearchPassword: { secure: '' } };
  return parseStackArguments({ ...args, ...secret }, pulumi.getStack());
}
