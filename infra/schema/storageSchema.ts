import * as z from 'zod';
import { mapping, text, wholeNumber } from './fields.ts';
import { resourcesSchema } from './resourcesSchema.ts';

const indexPrefix = text({
  pattern: /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/,
  allowed: '1 to 63 lower-case letters, digits, ".", "-" or "_", beginning and ending with a letter or digit',
  description:
    "Prefix of the index names. Jaeger's index templates match whatever ends in the prefix: among the stacks that share " +
    'an Elasticsearch, none may be the end of another, as "prod" is of "eu-prod". Left out: "tracewright." and the name ' +
    "of the stack, which is the end of no other stack's; stacks of one name in several projects need a prefix each.",
}).optional();

const kubernetesName = {
  pattern: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  allowed: 'the name of a Kubernetes object: lower-case letters, digits, "-" and "."',
};

/** One Elasticsearch node beside Jaeger, for development: no replicas, no password. */
const embedded = mapping(
  {
    kind: z.literal('embedded').describe('A single node in the same namespace, for development.'),
    indexPrefix,
    heapMebibytes: wholeNumber({
      min: 256,
      max: 31_744,
      unit: 'MiB',
      description: "Elasticsearch's Java heap.",
    }).default(512),
    volumeGibibytes: wholeNumber({ min: 1, max: 16_384, unit: 'GiB', description: 'Size of the data volume.' }).default(
      5,
    ),
    storageClass: text({
      ...kubernetesName,
      description: "StorageClass of the data volume. Left out: the cluster's default.",
    }).optional(),
    resources: resourcesSchema({
      requests: { cpuMillicores: 250, memoryMebibytes: 1024 },
      limits: { cpuMillicores: 2000, memoryMebibytes: 1024 },
    }),
  },
  'Embedded Elasticsearch.',
  // Lucene lives from the page cache and the JVM needs room of its own: half the memory is Elastic's own rule.
).refine(({ heapMebibytes, resources }) => heapMebibytes * 2 <= resources.limits.memoryMebibytes, {
  path: ['heapMebibytes'],
  error: 'must be at most half of resources.limits.memoryMebibytes',
});

const external = mapping(
  {
    kind: z.literal('external').describe('An Elasticsearch cluster that exists already.'),
    indexPrefix,
    urls: z
      .array(
        text({
          pattern: /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/?$/,
          allowed:
            'an address like https://elasticsearch.example:9200, without credentials (they go to username and elasticsearchPassword)',
          description: 'Address of one node.',
        }),
        { error: 'must be a list of addresses like https://elasticsearch.example:9200' },
      )
      .min(1, { error: 'must name at least one address' })
      .readonly()
      .describe(
        "Addresses of the cluster. For https, its certificate must come from a CA in the trust store of Jaeger's image, " +
          'in the official ones the public CAs. A private CA or a client certificate cannot be given yet.',
      ),
    username: text({
      pattern: /^\S+$/,
      allowed: 'a user name without spaces',
      description: 'User of the cluster.',
    }).optional(),
    existingSecret: mapping(
      {
        name: text({ ...kubernetesName, description: "Name of the Secret, in Jaeger's namespace." }),
        key: text({
          pattern: /^[-._a-zA-Z0-9]{1,253}$/,
          allowed: 'a key of a Secret',
          description: 'Key that holds the password.',
        }).default('password'),
      },
      'A Secret that exists already and holds the password.',
    ).optional(),
    shards: wholeNumber({
      min: 1,
      max: 1024,
      unit: 'shards',
      description: 'Primary shards of each daily index.',
    }).default(5),
    replicas: wholeNumber({ min: 0, max: 20, unit: 'copies', description: 'Copies of each shard.' }).default(1),
  },
  'External Elasticsearch.',
);

/** Where spans are stored. */
export const storageSchema = z
  .discriminatedUnion('kind', [embedded, external], { error: 'must be "embedded" or "external"' })
  .describe('Where spans are stored.');
