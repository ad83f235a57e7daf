import * as pulumi from '@pulumi/pulumi';
import type { ImageSource } from '../jaeger/images.ts';
import type { KafkaConnection, KafkaCredentials, KafkaTls } from '../jaeger/kafkaClient.ts';
import type { StackConfig } from '../schema/stackConfigSchema.ts';
import { certificateAuthorityFile } from './certificateAuthority.ts';
import { KafkaNode } from './kafkaNode.ts';

type Streaming = NonNullable<StackConfig['streaming']>;
type External = Extract<Streaming['kafka'], { readonly kind: 'external' }>;

/** Arguments of {@link KafkaStreaming}. */
export interface KafkaStreamingArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** The namespace's name as a plain text: it is part of addresses. */
  readonly namespaceName: string;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** The stack's configuration of Kafka. */
  readonly streaming: Streaming;
  /** Whether Pulumi refuses to delete a broker of its own. */
  readonly deletionProtection: boolean;
  /** PriorityClass of that broker's pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
}

/**
 * Where spans wait for the storage: a Kafka cluster that exists already, or a single broker of its own.
 *
 * @example
 * ```ts
 * const images = { jaegerVersion: '1.50.0' };
 * const { connection } = new KafkaStreaming('kafka', {
 *   namespace: 'tracing',
 *   namespaceName: 'tracing',
 *   images,
 *   streaming: {
 *     kafka: {
 *       kind: 'external',
 *       brokers: ['kafka.example:9093'],
 *       egressCidrs: ['10.30.0.0/16'],
 *       username: 'jaeger',
 *       mechanism: 'SCRAM-SHA-512',
 *       existingSecret: { name: 'kafka-jaeger-user', key: 'password' },
 *       tls: {},
 *     },
 *     topic: 'jaeger-spans',
 *     consumerGroup: 'jaeger-ingester',
 *     partitions: 24,
 *     requiredAcks: 'all',
 *     compression: 'snappy',
 *   },
 *   deletionProtection: true,
 * });
 * ```
 */
export class KafkaStreaming extends pulumi.ComponentResource {
  /** How Jaeger reaches Kafka. */
  readonly connection: KafkaConnection;

  constructor(name: string, args: KafkaStreamingArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kafka:Streaming', name, {}, options);
    const { kafka, topic, consumerGroup, partitions, requiredAcks, compression } = args.streaming;
    this.connection = {
      topic,
      consumerGroup,
      partitions,
      producer: { requiredAcks, compression },
      ...(kafka.kind === 'external' ? this.toExternal(name, args, kafka) : this.toEmbedded(name, args, kafka)),
    };
    this.registerOutputs({ brokers: this.connection.brokers, topic });
  }

  private toEmbedded(
    name: string,
    { streaming: { partitions }, ...args }: KafkaStreamingArgs,
    kafka: Exclude<Streaming['kafka'], External>,
  ): Pick<KafkaConnection, 'brokers' | 'makesTopic'> {
    const { address } = new KafkaNode(name, { ...args, kafka, partitions }, { parent: this });
    return { brokers: [address], makesTopic: true };
  }

  private toExternal(
    name: string,
    args: KafkaStreamingArgs,
    kafka: External,
  ): Pick<KafkaConnection, 'brokers' | 'makesTopic' | 'credentials' | 'tls'> {
    return {
      brokers: kafka.brokers,
      makesTopic: false,
      credentials: credentials(kafka),
      tls: kafka.tls && this.tls(name, args, kafka.tls),
    };
  }

  private tls(
    name: string,
    { namespace }: KafkaStreamingArgs,
    { ca, clientCertificate }: NonNullable<External['tls']>,
  ): KafkaTls {
    const existing = clientCertificate?.existingSecret;
    return {
      ca: ca && certificateAuthorityFile(ca, { logicalName: name, name: 'jaeger-kafka-ca', namespace, parent: this }),
      clientCertificate: existing && {
        secretName: existing.name,
        certificateKey: existing.certificateKey,
        privateKeyKey: existing.privateKeyKey,
      },
    };
  }
}

function credentials({ username, mechanism, existingSecret }: External): KafkaCredentials | undefined {
  if (username === undefined || existingSecret === undefined) return undefined;
  return { username, mechanism, secretName: existingSecret.name, secretKey: existingSecret.key };
}
