import * as pulumi from '@pulumi/pulumi';
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import type { ElasticsearchConnection } from '../jaeger/elasticsearchClient.ts';
import { serviceNames } from '../jaeger/endpoints.ts';
import { jaegerImage, type ImageSource } from '../jaeger/images.ts';
import type { KafkaConnection } from '../jaeger/kafkaClient.ts';
import { adminPorts } from '../jaeger/ports.ts';
import { jaegerProbes } from '../jaeger/probes.ts';
import { elasticsearchWriter, kafkaReader } from '../jaeger/spanStorage.ts';
import { goRuntimeLimits, ingesterEnd, jaegerUserId, rollingUpdate } from '../jaeger/workloads.ts';
import { scaledByOthers } from '../kubernetes/annotations.ts';
import { replicasOf, type Scale } from '../kubernetes/availability.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { environmentVariables, podTemplate } from '../kubernetes/podTemplate.ts';
import { containerPorts } from '../kubernetes/ports.ts';
import { scrapeAnnotations } from '../monitoring/scrapeTargets.ts';
import { resourceRequirements, type ContainerResources } from '../kubernetes/resources.ts';
import { PodAvailability } from './podAvailability.ts';

/** Arguments of {@link JaegerIngester}. */
export interface JaegerIngesterArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** How many pods there are. Of more than the topic has partitions, some idle. */
  readonly scale: Scale;
  /** Whether its pods have the annotations by which many a Prometheus finds their metrics. @defaultValue false */
  readonly annotatesMetrics?: boolean | undefined;
  /** PriorityClass of its pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
  /** Spans of one partition that each of its containers handles at once. */
  readonly parallelism: number;
  /** What each of its containers reserves and may use at most. */
  readonly resources: ContainerResources;
  /** Where it takes spans from. */
  readonly kafka: KafkaConnection;
  /** How it reaches the storage. */
  readonly storage: ElasticsearchConnection;
}

/**
 * Jaeger's ingester: takes spans from Kafka and writes them to the storage. While the storage is away, it holds back, and spans wait
 * in Kafka.
 *
 * @example
 * ```ts
 * const images = { jaegerVersion: '1.50.0' };
 * const amounts = { cpuMillicores: 500, memoryMebibytes: 512 };
 * const resources = { requests: amounts, limits: amounts };
 * const storage = {
 *   urls: ['http://elasticsearch.tracing.svc:9200'],
 *   indexPrefix: 'shop',
 *   shards: 1,
 *   replicas: 0,
 *   retentionDays: 7,
 *   timeoutSeconds: 30,
 * };
 * const { deploymentName } = new JaegerIngester('ingester', {
 *   namespace: 'tracing',
 *   images,
 *   scale: { replicas: 2 },
 *   parallelism: 100,
 *   resources,
 *   kafka: {
 *     brokers: ['kafka.streams.svc:9092'],
 *     topic: 'jaeger-spans',
 *     partitions: 6,
 *     consumerGroup: 'jaeger-ingester',
 *     makesTopic: false,
 *     producer: { requiredAcks: 'all', compression: 'snappy' },
 *   },
 *   storage,
 * });
 * ```
 */
export class JaegerIngester extends pulumi.ComponentResource {
  /** Name of the Deployment, once every pod is ready. */
  readonly deploymentName: pulumi.Output<string>;

  constructor(name: string, args: JaegerIngesterArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:Ingester', name, {}, options);
    const { namespace, images, scale } = args;
    const { jaegerVersion } = images;
    const labels = componentLabels(serviceNames.ingester, jaegerVersion);
    const metadata = { name: serviceNames.ingester, namespace, labels };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, { parent: this });
    const deployment = new Deployment(
      name,
      {
        metadata: { ...metadata, annotations: scaledByOthers },
        spec: deploymentSpec(args, labels, account.metadata.name),
      },
      { parent: this },
    );
    new PodAvailability(
      name,
      { namespace, deploymentName: serviceNames.ingester, jaegerVersion, scale },
      { parent: this },
    );
    this.deploymentName = deployment.metadata.name;
    this.registerOutputs({ deploymentName: this.deploymentName });
  }
}

function deploymentSpec(
  args: JaegerIngesterArgs,
  labels: Record<string, string>,
  serviceAccountName: pulumi.Input<string>,
): types.input.apps.v1.DeploymentSpec {
  const { images, resources, priorityClassName } = args;
  const reader = kafkaReader(args.kafka, images, args.parallelism);
  const writer = elasticsearchWriter(args.storage, images);
  const checksums = [reader.filesChecksum, writer.filesChecksum].filter((checksum) => checksum !== undefined);
  return {
    ...replicasOf(args.scale),
    selector: { matchLabels: selectorLabels(serviceNames.ingester) },
    strategy: rollingUpdate,
    template: podTemplate({
      name: serviceNames.ingester,
      labels,
      serviceAccountName,
      ...(args.annotatesMetrics === true && { annotations: scrapeAnnotations('ingester') }),
      priorityClassName,
      ...(checksums.length > 0 && { filesChecksum: checksums.join('-') }),
      userId: jaegerUserId,
      ...ingesterEnd,
      initContainers: [reader.wait, writer.wait],
      container: {
        image: jaegerImage('ingester', images),
        env: [
          ...environmentVariables({
            ...writer.environment,
            ...reader.environment,
            ...goRuntimeLimits(resources),
          }),
          ...reader.secretVariables,
        ],
        ports: containerPorts([adminPorts.ingester]),
        resources: resourceRequirements(resources),
        ...jaegerProbes(adminPorts.ingester.name),
        volumeMounts: [...reader.mounts, ...writer.mounts],
      },
      volumes: [...reader.volumes, ...writer.volumes],
    }),
  };
}
