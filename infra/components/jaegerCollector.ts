import * as pulumi from '@pulumi/pulumi';
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import {
  elasticsearchEnvironment,
  elasticsearchMounts,
  elasticsearchVolumes,
  type ElasticsearchConnection,
} from '../jaeger/elasticsearchClient.ts';
import { serviceNames } from '../jaeger/endpoints.ts';
import { jaegerImage, type ImageSource } from '../jaeger/images.ts';
import { adminPorts, collectorPorts } from '../jaeger/ports.ts';
import { waitForElasticsearch } from '../jaeger/waitForElasticsearch.ts';
import { collectorEnd, connectionLimits, goRuntimeLimits, jaegerUserId, rollingUpdate } from '../jaeger/workloads.ts';
import { replicasOf, type Scale } from '../kubernetes/availability.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { environmentVariables, podTemplate } from '../kubernetes/podTemplate.ts';
import { containerPorts, servicePorts } from '../kubernetes/ports.ts';
import { jaegerProbes } from '../jaeger/probes.ts';
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
  /** PriorityClass of its pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
  /** Spans that wait in memory for the storage. */
  readonly queueSize: number;
  /** What each of its containers reserves and may use at most. */
  readonly resources: ContainerResources;
  /** How it reaches the storage. */
  readonly storage: ElasticsearchConnection;
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
  const { sampling, storage } = args;
  return {
    ...replicasOf(args.scale),
    selector: { matchLabels: selectorLabels(serviceNames.collector) },
    strategy: rollingUpdate,
    template: podTemplate({
      name: serviceNames.collector,
      labels,
      serviceAccountName,
      priorityClassName: args.priorityClassName,
      filesChecksum: args.storage.tls?.ca?.checksum,
      userId: jaegerUserId,
      ...collectorEnd.pod,
      initContainers: [waitForElasticsearch({ connection: storage, images: args.images, writes: true })],
      container: {
        image: jaegerImage('collector', args.images),
        env: collectorEnvironment(args),
        ports: containerPorts([...Object.values(collectorPorts), adminPorts.collector]),
        resources: resourceRequirements(args.resources),
        ...jaegerProbes(adminPorts.collector.name),
        ...collectorEnd.container,
        volumeMounts: [
          { name: 'sampling', mountPath: samplingDirectory, readOnly: true },
          ...elasticsearchMounts(storage),
        ],
      },
      volumes: [{ name: 'sampling', configMap: { name: sampling.configMapName } }, ...elasticsearchVolumes(storage)],
    }),
  };
}

/** Names: Jaeger 1.50 `cmd/collector/app/flags` and `plugin/sampling/strategystore`. */
function collectorEnvironment(args: JaegerCollectorArgs): types.input.core.v1.EnvVar[] {
  const { sampling, storage, queueSize, resources } = args;
  return [
    ...environmentVariables({
      ...elasticsearchEnvironment(storage),
      ...goRuntimeLimits(resources),
      COLLECTOR_QUEUE_SIZE: String(queueSize),
      COLLECTOR_OTLP_ENABLED: 'true',
      COLLECTOR_ZIPKIN_HOST_PORT: `:${collectorPorts.zipkin.number}`,
      ...connectionLimits,
      SAMPLING_CONFIG_TYPE: 'file',
      SAMPLING_STRATEGIES_RELOAD_INTERVAL: `${sampling.reloadIntervalSeconds}s`,
    }),
    { name: 'SAMPLING_STRATEGIES_FILE', value: pulumi.interpolate`${samplingDirectory}/${sampling.fileName}` },
  ];
}
