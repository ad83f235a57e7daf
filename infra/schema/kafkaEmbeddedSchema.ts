import * as z from 'zod';
import { mapping, text, wholeNumber } from './fields.ts';
import { resourcesSchema } from './resourcesSchema.ts';
import type { StackDefaults } from './stackDefaults.ts';
import { kubernetesName } from './storageFields.ts';

/** One Kafka broker beside Jaeger: no copies, no password. */
export function kafkaEmbeddedSchema({ profile: { kafka } }: StackDefaults) {
  return mapping(
    {
      kind: z.literal('embedded').describe('A single broker in the same namespace.'),
      retentionHours: wholeNumber({
        min: 1,
        max: 720,
        unit: 'hours',
        description:
          'For how long spans stay in Kafka, read or not: the longest outage of the storage that loses none. A full volume ' +
          'ends it sooner: four fifths of it are shared by the partitions, and the oldest spans go first.',
      }).default(24),
      heapMebibytes: wholeNumber({
        min: 128,
        max: 31_744,
        unit: 'MiB',
        description: "Kafka's Java heap.",
      }).default(kafka.heapMebibytes),
      volumeGibibytes: wholeNumber({
        min: 1,
        max: 16_384,
        unit: 'GiB',
        description: 'Size of the data volume.',
      }).default(kafka.volumeGibibytes),
      storageClass: text({
        ...kubernetesName,
        description: "StorageClass of the data volume. Left out: the cluster's default.",
      }).optional(),
      resources: resourcesSchema(kafka),
    },
    'Embedded Kafka: one broker without a password, whose data outlive its pod. Not in prod.',
    // A broker serves readers from the page cache, and the JVM needs room of its own.
  ).refine(({ heapMebibytes, resources }) => heapMebibytes * 2 <= resources.limits.memoryMebibytes, {
    path: ['heapMebibytes'],
    error: 'must be at most half of resources.limits.memoryMebibytes',
  });
}
