import * as z from 'zod';
import { mapping, text, wholeNumber } from './fields.ts';
import { kafkaEmbeddedSchema } from './kafkaEmbeddedSchema.ts';
import { kafkaExternalSchema } from './kafkaExternalSchema.ts';
import { resourcesSchema } from './resourcesSchema.ts';
import type { StackDefaults } from './stackDefaults.ts';
import { pods } from './podsFields.ts';

/** How spans come from collectors to the storage. */
export const strategies = ['direct', 'streaming'] as const;

/** What the strategy "streaming" consists of: the strategy itself, Kafka, and the ingesters. */
export function streaming(defaults: StackDefaults) {
  return {
    strategy: z
      .enum(strategies, { error: 'must be "direct" or "streaming"' })
      .default('direct')
      .describe(
        'How spans come to the storage: "direct", from the collectors, or "streaming", through Kafka, from which ingesters take ' +
          'them: spans then wait on a disk while the storage is slow or away.',
      ),
    streaming: mapping(
      {
        // Where an environment does not take the embedded broker unasked, streamingChecks.ts says so.
        kafka: z
          .discriminatedUnion('kind', [kafkaEmbeddedSchema(defaults), kafkaExternalSchema()], {
            error: 'must be "embedded" or "external"',
          })
          .prefault({ kind: 'embedded' })
          .describe('Where spans wait.'),
        topic: text({
          pattern: /^(?!\.\.?$)[A-Za-z0-9._-]{1,249}$/,
          allowed: 'the name of a topic: 1 to 249 letters, digits, ".", "-" and "_"',
          description:
            'Topic that holds the spans. The embedded broker is given it; an external one must have it. Two stacks on one Kafka ' +
            'need a topic and a consumerGroup each.',
        }).default('jaeger-spans'),
        consumerGroup: text({
          pattern: /^[A-Za-z0-9._-]{1,249}$/,
          allowed: 'the name of a consumer group: 1 to 249 letters, digits, ".", "-" and "_"',
          description: 'Consumer group of the ingesters, for which Kafka remembers what has been read.',
        }).default('jaeger-ingester'),
        partitions: wholeNumber({
          min: 1,
          max: 10_000,
          unit: 'partitions',
          description:
            'Partitions of the topic: no more ingesters than that can work at once. The embedded broker is given so many, and more ' +
            'later, once no ingester runs, but never fewer; of an external one, say what its topic has.',
        }).default(defaults.profile.kafka.partitions),
        requiredAcks: z
          .enum(['noack', 'local', 'all'], { error: 'must be "noack", "local" or "all"' })
          .default('all')
          .describe(
            'Brokers that must have a span before it counts as written: none of them, the leader of its partition, or every replica in sync.',
          ),
        compression: z
          .enum(['none', 'gzip', 'snappy', 'lz4', 'zstd'], {
            error: 'must be "none", "gzip", "snappy", "lz4" or "zstd"',
          })
          .default('snappy')
          .describe('How collectors pack batches of spans.'),
      },
      'Kafka between collectors and storage. Of use only with strategy "streaming".',
    ).prefault({}),
    ingester: mapping(
      {
        ...pods('ingester', defaults.environment.replicas.ingester),
        parallelism: wholeNumber({
          min: 1,
          max: 10_000,
          unit: 'spans',
          description:
            'Spans of one partition that an ingester handles at once, and at most as many as it reads again after it was killed.',
        }).default(100),
        resources: resourcesSchema(defaults.profile.ingester),
      },
      'The ingester, which takes spans from Kafka to the storage. Of use only with strategy "streaming".',
    ).prefault({}),
  };
}
