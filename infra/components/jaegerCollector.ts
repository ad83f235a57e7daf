import * as pulumi from '@pulumi/pulumi';
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import type { ElasticsearchConnection } from '../jaeger/elasticsearchClient.ts';
import { serviceNames } from '../jaeger/endpoints.ts';
import { jaegerImage, type ImageSource } from '../jaeger/images.ts';
import type { KafkaConnection } from '../jaeger/kafkaClient.ts';
import { adminPorts, collectorPorts } from '../jaeger/ports.ts';
import { spanWriter, type ServerClient } from '../jaeger/spanStorage.ts';
import { collectorEnd, connectionLimits, goRuntimeLimits, jaegerUserId, rollingUpdate } from '../jaeger/workloads.ts';
import { replicasOf, type Scale } from '../kubernetes/availability.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { environmentVariables, podTemplate } from '../kubernetes/podTemplate.ts';
import { containerPorts, servicePorts } from '../kubernetes/ports.ts';
import { jaegerProbes } from '../jaeger/probes.ts';
import { scrapeAnnotations } from '../monitoring/scrapeTargets.ts';
import { resourceRequirements, type ContainerResources } from '../kubernetes/resources.ts';
import { scaledByOthers, serviceAnnotations } from '../kubernetes/annotations.ts';
import { PodAvailability } from './podAvailability.ts';
import { nameOnceReady } from './nameOnceReady.ts';

/** Arguments of {@link JaegerCollector}. */
export interface JaegerCollectorArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** How many pods there are. */
  readonly scale: Scale;
  /** Whether its pods have the annotations by which many a Prometheus finds their metrics. @defaultValue false */
  readonly annotatesMetrics?: boolean | undefined;
  /** PriorityClass of its pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
  /** Spans that wait in memory for the storage. */
  readonly queueSize: number;
  /** What each of its containers reserves and may use at most. */
  readonly resources: ContainerResources;
  /** Where it writes spans: to Elasticsearch, or to Kafka, from which a {@link JaegerIngester} takes them there. */
  readonly storage: ElasticsearchConnection | KafkaConnection;
  /** The ConfigMap with the sampling strategies. */
  readonly sampling: {
    /** Name of the ConfigMap. */
    readonly configMapName: pulumi.Input<string>;
    /** Key of the file in it. */
    readonly fileName: pulumi.Input<string>;
    /** How often collectors look whether the file has changed. */
    readonly reloadIntervalSeconds: number;
  };
}

const samplingDirectory = '/etc/jaeger/sampling';

/**
 * Jaeger's collector: takes spans over gRPC, thrift, OTLP and Zipkin, and hands out sampling strategies.
 *
 * @example
 * ```ts
 * const images = { jaegerVersion: '1.50.0' };
 * const storage = {
 *   urls: ['http://elasticsearch.tracing.svc:9200'],
 *   indexPrefix: 'shop',
 *   shards: 1,
 *   replicas: 0,
 *   retentionDays: 7,
 *   timeoutSeconds: 30,
 * };
 * const resources = {
 *   requests: { cpuMillicores: 100, memoryMebibytes: 128 },
 *   limits: { cpuMillicores: 1000, memoryMebibytes: 512 },
 * };
 * const { configMapName, fileName } = new SamplingConfiguration('sampling', {
 *   namespace: 'tracing',
 *   jaegerVersion: '1.50.0',
 *   strategies: { default: { type: 'probabilistic', param: 0.1, operations: [] }, services: [] },
 * });
 * const { serviceName } = new JaegerCollector('collector', {
 *   namespace: 'tracing',
 *   images,
 *   scale: { replicas: 2 },
 *   queueSize: 2000,
 *   resources,
 *   storage,
 *   sampling: { configMapName, fileName, reloadIntervalSeconds: 10 },
 * });
 * ```
 */
export class JaegerCollector extends pulumi.ComponentResource {
  /** Name of the Service that clients use, once every pod is ready. */
  readonly serviceName: pulumi.Output<string>;
  /** Name of the Service whose name resolves to every ready pod: gRPC clients balance over them. */
  readonly headlessServiceName: pulumi.Output<string>;

  constructor(name: string, args: JaegerCollectorArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:Collector', name, {}, options);
    const labels = componentLabels(serviceNames.collector, args.images.jaegerVersion);
    const metadata = (objectName: string) => ({ name: objectName, namespace: args.namespace, labels });
    const account = new ServiceAccount(
      name,
      { metadata: metadata(serviceNames.collector), automountServiceAccountToken: false },
      { parent: this },
    );
    const deployment = new Deployment(
      name,
      {
        metadata: { ...metadata(serviceNames.collector), annotations: scaledByOthers },
        spec: deploymentSpec(args, labels, account.metadata.name),
      },
      { parent: this },
    );
    new PodAvailability(
      name,
      {
        namespace: args.namespace,
        deploymentName: serviceNames.collector,
        jaegerVersion: args.images.jaegerVersion,
        scale: args.scale,
      },
      { parent: this },
    );
    const selector = selectorLabels(serviceNames.collector);
    const ports = servicePorts(Object.values(collectorPorts));
    const service = new Service(
      name,
      { metadata: { ...metadata(serviceNames.collector), annotations: serviceAnnotations }, spec: { selector, ports } },
      { parent: this },
    );
    const headless = new Service(
      `${name}-headless`,
      {
        metadata: { ...metadata(serviceNames.collectorHeadless), annotations: serviceAnnotations },
        spec: { clusterIP: 'None', selector, ports },
      },
      { parent: this },
    );
    this.serviceName = nameOnceReady(service, deployment);
    // Who balances over the pods resolves the name once, at first: all of them should be there by then.
    this.headlessServiceName = nameOnceReady(headless, deployment);
    this.registerOutputs({ serviceName: this.serviceName, headlessServiceName: this.headlessServiceName });
  }
}

function deploymentSpec(
  args: JaegerCollectorArgs,
  labels: Record<string, string>,
  serviceAccountName: pulumi.Input<string>,
): types.input.apps.v1.DeploymentSpec {
  const { sampling } = args;
  const writer = spanWriter(args.storage, args.images);
  return {
    ...replicasOf(args.scale),
    selector: { matchLabels: selectorLabels(serviceNames.collector) },
    strategy: rollingUpdate,
    template: podTemplate({
      name: serviceNames.collector,
      labels,
      serviceAccountName,
      ...(args.annotatesMetrics === true && { annotations: scrapeAnnotations('collector') }),
      priorityClassName: args.priorityClassName,
      filesChecksum: writer.filesChecksum,
      userId: jaegerUserId,
      ...collectorEnd.pod,
      initContainers: [writer.wait],
      container: {
        image: jaegerImage('collector', args.images),
        env: collectorEnvironment(args, writer),
        ports: containerPorts([...Object.values(collectorPorts), adminPorts.collector]),
        resources: resourceRequirements(args.resources),
        ...jaegerProbes(adminPorts.collector.name),
        ...collectorEnd.container,
        volumeMounts: [{ name: 'sampling', mountPath: samplingDirectory, readOnly: true }, ...writer.mounts],
      },
      volumes: [{ name: 'sampling', configMap: { name: sampling.configMapName } }, ...writer.volumes],
    }),
  };
}

/** Names: Jaeger 1.50 `cmd/collector/app/flags` and `plugin/sampling/strategystore`. */
function collectorEnvironment(args: JaegerCollectorArgs, writer: ServerClient): types.input.core.v1.EnvVar[] {
  const { sampling, queueSize, resources } = args;
  return [
    ...environmentVariables({
      ...writer.environment,
      ...goRuntimeLimits(resources),
      COLLECTOR_QUEUE_SIZE: String(queueSize),
      COLLECTOR_OTLP_ENABLED: 'true',
      COLLECTOR_ZIPKIN_HOST_PORT: `:${collectorPorts.zipkin.number}`,
      ...connectionLimits,
      SAMPLING_CONFIG_TYPE: 'file',
      SAMPLING_STRATEGIES_RELOAD_INTERVAL: `${sampling.reloadIntervalSeconds}s`,
    }),
    ...writer.secretVariables,
    { name: 'SAMPLING_STRATEGIES_FILE', value: pulumi.interpolate`${samplingDirectory}/${sampling.fileName}` },
  ];
}
