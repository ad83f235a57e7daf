import * as z from 'zod';
import type { StackDefaults } from './stackDefaults.ts';
import { mapping, text, wholeNumber } from './fields.ts';
import { resourcesSchema } from './resourcesSchema.ts';
import { kubernetesName, storageFields } from './storageFields.ts';

/** One Elasticsearch node beside Jaeger: no copies, no password. */
export function embeddedSchema(defaults: StackDefaults) {
  const { elasticsearch } = defaults.profile;
  return mapping(
    {
      kind: z.literal('embedded').describe('A single node in the same namespace.'),
      ...storageFields(defaults),
      heapMebibytes: wholeNumber({
        min: 256,
        max: 31_744,
        unit: 'MiB',
        description: "Elasticsearch's Java heap.",
      }).default(elasticsearch.heapMebibytes),
      volumeGibibytes: wholeNumber({
        min: 1,
        max: 16_384,
        unit: 'GiB',
        description: 'Size of the data volume.',
      }).default(elasticsearch.volumeGibibytes),
      storageClass: text({
        ...kubernetesName,
        description: "StorageClass of the data volume. Left out: the cluster's default.",
      }).optional(),
      resources: resourcesSchema(elasticsearch),
    },
    'Embedded Elasticsearch: one node without a password, whose data outlive its pod. Not in prod.',
    // Lucene lives from the page cache and the JVM needs room of its own: half the memory is Elastic's own rule.
  ).refine(({ heapMebibytes, resources }) => heapMebibytes * 2 <= resources.limits.memoryMebibytes, {
    path: ['heapMebibytes'],
    error: 'must be at most half of resources.limits.memoryMebibytes',
  });
}
