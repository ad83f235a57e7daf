import type { types } from '@pulumi/kubernetes';
import {
  elasticsearchEnvironment,
  elasticsearchMounts,
  elasticsearchVolumes,
  type ElasticsearchConnection,
} from './elasticsearchClient.ts';
import type { ImageSource } from './images.ts';
import {
  kafkaConsumerEnvironment,
  kafkaMounts,
  kafkaPasswordVariable,
  kafkaProducerEnvironment,
  kafkaVolumes,
  type KafkaConnection,
} from './kafkaClient.ts';
import { waitForElasticsearch } from './waitForElasticsearch.ts';
import { waitForKafka, waitForKafkaVolume } from './waitForKafka.ts';

/** What a pod of Jaeger needs to be the client of a server. */
export interface ServerClient {
  /** Settings of the process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Settings whose values are in Secrets. */
  readonly secretVariables: readonly types.input.core.v1.EnvVar[];
  /** Files of the process. */
  readonly mounts: readonly types.input.core.v1.VolumeMount[];
  /** Volumes of the pod. */
  readonly volumes: readonly types.input.core.v1.Volume[];
  /** The container that waits for the server. */
  readonly wait: types.input.core.v1.Container;
  /** Checksum of files that the process reads only once. */
  readonly filesChecksum?: string | undefined;
}

/** A collector as the client of what it writes to: of Elasticsearch itself, or of Kafka, from which ingesters take spans there. */
export function spanWriter(storage: ElasticsearchConnection | KafkaConnection, images: ImageSource): ServerClient {
  return 'brokers' in storage ? kafkaWriter(storage, images) : elasticsearchWriter(storage, images);
}

/** A process that writes spans to Elasticsearch. */
export function elasticsearchWriter(connection: ElasticsearchConnection, images: ImageSource): ServerClient {
  return {
    environment: elasticsearchEnvironment(connection),
    secretVariables: [],
    mounts: elasticsearchMounts(connection),
    volumes: elasticsearchVolumes(connection),
    wait: waitForElasticsearch({ connection, images, writes: true }),
    filesChecksum: connection.tls?.ca?.checksum,
  };
}

function kafkaWriter(connection: KafkaConnection, images: ImageSource): ServerClient {
  return {
    ...kafkaClient(connection),
    environment: kafkaProducerEnvironment(connection),
    secretVariables: kafkaPasswordVariable('KAFKA_PRODUCER', connection),
    wait: waitForKafka({ connection, images, reads: false }),
  };
}

/** An ingester as the client of Kafka. @param parallelism - Spans of one partition that it handles at once. */
export function kafkaReader(connection: KafkaConnection, images: ImageSource, parallelism: number): ServerClient {
  return {
    ...kafkaClient(connection),
    environment: kafkaConsumerEnvironment(connection, parallelism),
    secretVariables: kafkaPasswordVariable('KAFKA_CONSUMER', connection),
    wait: waitForKafka({ connection, images, reads: true }),
  };
}

function kafkaClient(connection: KafkaConnection) {
  return {
    mounts: kafkaMounts(connection),
    volumes: [...kafkaVolumes(connection), waitForKafkaVolume],
    filesChecksum: connection.tls?.ca?.checksum,
  };
}
