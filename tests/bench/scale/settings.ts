import { elasticsearchEnvironment } from '../../../infra/jaeger/elasticsearchClient.ts';
import {
  kafkaConsumerEnvironment,
  kafkaProducerEnvironment,
  type KafkaConnection,
} from '../../../infra/jaeger/kafkaClient.ts';
import { connectionLimits, goRuntimeLimits } from '../../../infra/jaeger/workloads.ts';
import { profiles, type Profile } from '../../../infra/schema/profiles.ts';

/** The profile whose settings the programs have. */
export const benchProfile: Profile = 'medium';

/** How spans come from the collectors into the storage. */
export type Strategy = 'direct' | 'streaming';

/** Both, in the order in which a first run takes them. */
export const strategies = ['direct', 'streaming'] as const satisfies readonly Strategy[];

/** How many of each there are. */
export const collectorCount = 2;

/** Ingesters, where their number is not what is measured. */
export const ingesterCount = 2;

/**
 * Spans that are sent and not stored, at most, when a pipeline is driven as fast as it stores: what one collector's queue takes.
 * Whichever collector they wait in, nothing has to be dropped.
 */
export const unstoredSpans = profiles[benchProfile].queueSize;

/** The index prefix of a strategy's spans. None is the end of the other: Jaeger's templates would match both. */
export function indexPrefix(strategy: Strategy): string {
  return `scale-${strategy}`;
}

/** The indices of a strategy's spans. */
export function spanIndices(strategy: Strategy): string {
  return `${indexPrefix(strategy)}-jaeger-span-*`;
}

/** Settings of what writes to Elasticsearch: those of a stack with a node of its own. */
function storageEnvironment(strategy: Strategy, elasticsearch: string): Record<string, string> {
  return elasticsearchEnvironment({
    urls: [elasticsearch],
    indexPrefix: indexPrefix(strategy),
    version: 'elasticsearch-7',
    shards: 1,
    replicas: 0,
    retentionDays: 2,
    timeoutSeconds: 30,
  });
}

/** The stream, with the schema's own values (`infra/schema/streamingSchema.ts`). */
export function streamConnection(broker: string): KafkaConnection {
  return {
    brokers: [broker],
    topic: 'jaeger-spans',
    partitions: profiles[benchProfile].kafka.partitions,
    consumerGroup: 'jaeger-ingester',
    makesTopic: true,
    producer: { requiredAcks: 'all', compression: 'snappy' },
  };
}

/** Addresses of what spans are written to. */
export interface Servers {
  readonly elasticsearch: string;
  readonly broker: string;
}

/** Settings of an ingester, apart from what it listens on. */
export function ingesterEnvironment({ elasticsearch, broker }: Servers): Record<string, string> {
  return {
    ...storageEnvironment('streaming', elasticsearch),
    ...kafkaConsumerEnvironment(streamConnection(broker), 100),
    ...goRuntimeLimits(profiles[benchProfile].ingester),
  };
}

/** Settings of a collector, apart from what it listens on. */
export function collectorEnvironment(strategy: Strategy, { elasticsearch, broker }: Servers): Record<string, string> {
  const { collector, queueSize } = profiles[benchProfile];
  return {
    ...(strategy === 'direct'
      ? storageEnvironment(strategy, elasticsearch)
      : kafkaProducerEnvironment(streamConnection(broker))),
    ...goRuntimeLimits(collector),
    COLLECTOR_QUEUE_SIZE: String(queueSize),
    COLLECTOR_OTLP_ENABLED: 'true',
    ...connectionLimits,
  };
}
