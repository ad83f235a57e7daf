import * as pulumi from '@pulumi/pulumi';
import { StatefulSet } from '@pulumi/kubernetes/apps/v1/statefulSet.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import { filesChecksum } from '../jaeger/elasticsearchFiles.ts';
import { serviceHost, serviceNames } from '../jaeger/endpoints.ts';
import { kafkaImage, kafkaVersion, type ImageSource } from '../jaeger/images.ts';
import { kafkaContainer, kafkaControllerPort, kafkaFiles, kafkaPort, kafkaUserId } from '../jaeger/kafkaFiles.ts';
import { kafkaProbes } from '../jaeger/probes.ts';
import { serviceAnnotations } from '../kubernetes/annotations.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { podTemplate } from '../kubernetes/podTemplate.ts';
import { containerPorts, servicePorts } from '../kubernetes/ports.ts';
import { resourceRequirements } from '../kubernetes/resources.ts';
import type { StackConfig } from '../schema/stackConfigSchema.ts';

/** Arguments of {@link KafkaNode}. */
export interface KafkaNodeArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** The namespace's name as a plain text: it is part of the address. */
  readonly namespaceName: string;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** The stack's configuration of the broker. */
  readonly kafka: Extract<NonNullable<StackConfig['streaming']>['kafka'], { readonly kind: 'embedded' }>;
  /** Partitions that share its disk. */
  readonly partitions: number;
  /** Whether Pulumi refuses to delete the broker. */
  readonly deletionProtection: boolean;
  /** PriorityClass of its pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
}

/**
 * A single Kafka broker with a volume, its own controller (KRaft): its data outlive its pod, but there is no second copy, and it asks
 * nobody for a password.
 *
 * @example
 * ```ts
 * const images = { jaegerVersion: '1.50.0' };
 * const amounts = { cpuMillicores: 500, memoryMebibytes: 1024 };
 * const { address } = new KafkaNode('kafka', {
 *   namespace: 'tracing',
 *   namespaceName: 'tracing',
 *   images,
 *   kafka: {
 *     kind: 'embedded',
 *     retentionHours: 24,
 *     heapMebibytes: 512,
 *     volumeGibibytes: 50,
 *     resources: { requests: amounts, limits: amounts },
 *   },
 *   partitions: 6,
 *   deletionProtection: true,
 * });
 * ```
 */
export class KafkaNode extends pulumi.ComponentResource {
  /** `host:port` of the broker. */
  readonly address: string;

  constructor(name: string, args: KafkaNodeArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kafka:Node', name, {}, options);
    this.address = `${serviceHost(serviceNames.kafka, args.namespaceName)}:${kafkaPort.number}`;
    const { retentionHours, volumeGibibytes } = args.kafka;
    const files = kafkaFiles({ address: this.address, retentionHours, volumeGibibytes, partitions: args.partitions });
    const labels = componentLabels(serviceNames.kafka, kafkaVersion);
    const metadata = { name: serviceNames.kafka, namespace: args.namespace, labels };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, { parent: this });
    const configMap = new ConfigMap(name, { metadata, data: files }, { parent: this });
    const template = brokerPod(args, labels, account.metadata.name, configMap.metadata.name, filesChecksum(files));
    const spec = statefulSetSpec(args.kafka, template);
    new StatefulSet(name, { metadata, spec }, { parent: this, protect: args.deletionProtection });
    new Service(
      name,
      {
        metadata: { ...metadata, annotations: serviceAnnotations },
        spec: { selector: selectorLabels(serviceNames.kafka), ports: servicePorts([kafkaPort]) },
      },
      { parent: this },
    );
    this.registerOutputs({ address: this.address });
  }
}

function brokerPod(
  { kafka, images, priorityClassName }: KafkaNodeArgs,
  labels: Record<string, string>,
  serviceAccountName: pulumi.Input<string>,
  configMapName: pulumi.Input<string>,
  checksum: string,
): types.input.core.v1.PodTemplateSpec {
  return podTemplate({
    name: serviceNames.kafka,
    labels,
    filesChecksum: checksum,
    priorityClassName,
    serviceAccountName,
    userId: kafkaUserId,
    terminationGracePeriodSeconds: 60,
    container: {
      image: kafkaImage(images),
      ...kafkaContainer(kafka.heapMebibytes),
      ports: containerPorts([kafkaPort, kafkaControllerPort]),
      resources: resourceRequirements(kafka.resources),
      ...kafkaProbes(kafkaPort.name, kafkaControllerPort.name),
    },
    volumes: [
      { name: 'files', configMap: { name: configMapName } },
      { name: 'tmp', emptyDir: { sizeLimit: '128Mi' } },
    ],
  });
}

function statefulSetSpec(
  { volumeGibibytes, storageClass }: KafkaNodeArgs['kafka'],
  template: types.input.core.v1.PodTemplateSpec,
): types.input.apps.v1.StatefulSetSpec {
  return {
    replicas: 1,
    serviceName: serviceNames.kafka,
    selector: { matchLabels: selectorLabels(serviceNames.kafka) },
    template,
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: `${volumeGibibytes}Gi` } },
          ...(storageClass !== undefined && { storageClassName: storageClass }),
        },
      },
    ],
  };
}
