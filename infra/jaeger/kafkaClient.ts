import type { types } from '@pulumi/kubernetes';
import {
  clientFilePaths,
  clientMounts,
  clientVolumes,
  type ClientCertificate,
  type ClientFilePaths,
  type FileSource,
  type PasswordSource,
} from './clientFiles.ts';

/** How a user proves who it is: SASL mechanisms that Jaeger 1.50 has (`pkg/kafka/auth/plaintext.go`). */
export type SaslMechanism = 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

/** User and password of a broker. Jaeger takes the password as a variable only, and reads it once. */
export interface KafkaCredentials extends PasswordSource {
  /** Name of the user. */
  readonly username: string;
  /** How the password is shown. */
  readonly mechanism: SaslMechanism;
}

/** How the brokers' certificates are checked, and what Jaeger shows of itself. */
export interface KafkaTls {
  /** Certificates of the CA; left out, those in the image's trust store. */
  readonly ca?: FileSource | undefined;
  /** What Jaeger shows to the brokers; left out, it shows none. */
  readonly clientCertificate?: ClientCertificate | undefined;
}

/** How spans are written. Values: Jaeger 1.50 `plugin/storage/kafka/options.go`. */
export interface KafkaProducerSettings {
  /** Brokers that must have a span before it counts as written: none, the partition's leader, every replica in sync. */
  readonly requiredAcks: 'noack' | 'local' | 'all';
  /** How batches are packed. */
  readonly compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
}

/** How Jaeger reaches Kafka. */
export interface KafkaConnection {
  /** Addresses of brokers to begin with: `host:9092`. The brokers themselves say where all of them are. */
  readonly brokers: readonly string[];
  /** Topic that holds the spans. */
  readonly topic: string;
  /** Partitions of the topic: no more ingesters than that can work at once. */
  readonly partitions: number;
  /** Consumer group of the ingesters: Kafka remembers for it what has been read. */
  readonly consumerGroup: string;
  /** Whether the topic is made where it is missing. */
  readonly makesTopic: boolean;
  /** How spans are written. */
  readonly producer: KafkaProducerSettings;
  /** User and password. @defaultValue none are asked for */
  readonly credentials?: KafkaCredentials | undefined;
  /** TLS to the brokers. @defaultValue none */
  readonly tls?: KafkaTls | undefined;
}

/**
 * What Jaeger's clients say that they speak. The consumer's own default is Kafka 0.9, for which a broker has to unpack and
 * rewrite each batch (bsm/sarama-cluster 2.1.13); zstd needs 2.1. Sarama 1.33, which Jaeger 1.50 has, knows versions up to 3.1.
 */
const protocolVersion = '2.8.0';

/** The files that {@link kafkaMounts} put into a container. */
export function kafkaFilePaths(connection: KafkaConnection): ClientFilePaths {
  return clientFilePaths('kafka', connection);
}

/** Secrets and certificates of a connection as volumes. */
export function kafkaVolumes(connection: KafkaConnection): types.input.core.v1.Volume[] {
  return clientVolumes('kafka', connection);
}

/** Where {@link kafkaVolumes} are mounted. */
export function kafkaMounts(connection: KafkaConnection): types.input.core.v1.VolumeMount[] {
  return clientMounts('kafka', connection);
}

/**
 * So long a collector gathers spans for Kafka. Jaeger's default, none at all, costs brokers four times the processor time, collectors and
 * ingesters a third more (`npm run bench -- scale`). A collector that is killed loses what it has gathered, beside its queue.
 */
const producerLinger = '100ms';

/** Environment of a collector that writes spans to Kafka. Names: Jaeger 1.50 `plugin/storage/kafka/options.go`. */
export function kafkaProducerEnvironment(connection: KafkaConnection): Record<string, string> {
  const { requiredAcks, compression } = connection.producer;
  return {
    SPAN_STORAGE_TYPE: 'kafka',
    ...clientEnvironment('KAFKA_PRODUCER', connection),
    KAFKA_PRODUCER_REQUIRED_ACKS: requiredAcks,
    KAFKA_PRODUCER_COMPRESSION: compression,
    KAFKA_PRODUCER_BATCH_LINGER: producerLinger,
  };
}

/**
 * Environment of an ingester that reads spans from Kafka. Names: Jaeger 1.50 `cmd/ingester/app/flags.go`.
 *
 * `INGESTER_DEADLOCKINTERVAL` is said to be 0, its default: with any other, an ingester that gets no spans for so long panics, and
 * one that holds back while the storage is away does too, with the spans that it holds.
 *
 * @param parallelism - Spans of one partition that are handled at once.
 */
export function kafkaConsumerEnvironment(connection: KafkaConnection, parallelism: number): Record<string, string> {
  return {
    ...clientEnvironment('KAFKA_CONSUMER', connection),
    KAFKA_CONSUMER_GROUP_ID: connection.consumerGroup,
    INGESTER_PARALLELISM: String(parallelism),
    INGESTER_DEADLOCKINTERVAL: '0s',
  };
}

/** The variable that holds the password, where there is one. */
export function kafkaPasswordVariable(
  prefix: 'KAFKA_PRODUCER' | 'KAFKA_CONSUMER',
  { credentials }: KafkaConnection,
): types.input.core.v1.EnvVar[] {
  if (credentials === undefined) return [];
  const { secretName, secretKey } = credentials;
  return [{ name: `${prefix}_PLAINTEXT_PASSWORD`, valueFrom: { secretKeyRef: { name: secretName, key: secretKey } } }];
}

/** Names: Jaeger 1.50 `pkg/kafka/auth/options.go` and `pkg/config/tlscfg/flags.go`. */
function clientEnvironment(
  prefix: 'KAFKA_PRODUCER' | 'KAFKA_CONSUMER',
  connection: KafkaConnection,
): Record<string, string> {
  const { brokers, topic, credentials, tls } = connection;
  return {
    [`${prefix}_BROKERS`]: brokers.join(','),
    [`${prefix}_TOPIC`]: topic,
    [`${prefix}_ENCODING`]: 'protobuf',
    [`${prefix}_PROTOCOL_VERSION`]: protocolVersion,
    ...(credentials && {
      [`${prefix}_AUTHENTICATION`]: 'plaintext',
      [`${prefix}_PLAINTEXT_USERNAME`]: credentials.username,
      [`${prefix}_PLAINTEXT_MECHANISM`]: credentials.mechanism,
    }),
    ...(tls && tlsEnvironment(prefix, connection)),
  };
}

function tlsEnvironment(prefix: string, connection: KafkaConnection): Record<string, string> {
  const { ca, certificate, key } = kafkaFilePaths(connection);
  return {
    [`${prefix}_TLS_ENABLED`]: 'true',
    ...(ca !== undefined && { [`${prefix}_TLS_CA`]: ca }),
    ...(certificate !== undefined && { [`${prefix}_TLS_CERT`]: certificate }),
    ...(key !== undefined && { [`${prefix}_TLS_KEY`]: key }),
  };
}
