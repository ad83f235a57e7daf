import * as z from 'zod';
import { elasticsearchTlsSchema } from './elasticsearchTlsSchema.ts';
import { mapping, text, wholeNumber } from './fields.ts';
import { destinations, podPorts } from './networkFields.ts';
import type { StackDefaults } from './stackDefaults.ts';
import { storageFields } from './storageFields.ts';
import { existingPassword, username } from './tlsFields.ts';

/** Jaeger's own bulk settings: `ES_BULK_*` of 1.50. */
const bulk = mapping(
  {
    actions: wholeNumber({
      min: 1,
      max: 100_000,
      unit: 'spans',
      description: 'A bulk request goes out when it holds so many.',
    }).default(1000),
    sizeMebibytes: wholeNumber({
      min: 1,
      // Elasticsearch refuses requests above http.max_content_length, 100 MB.
      max: 90,
      unit: 'MiB',
      description: 'A bulk request goes out when it is so large.',
    }).default(5),
    flushIntervalMillis: wholeNumber({
      min: 10,
      max: 60_000,
      unit: 'milliseconds',
      description: 'A bulk request goes out when its first span is so old.',
    }).default(200),
    workers: wholeNumber({
      min: 1,
      max: 64,
      unit: 'workers',
      description: 'Bulk requests that one collector sends at once.',
    }).default(1),
  },
  'How a collector packs spans into requests.',
);

/** An Elasticsearch or OpenSearch cluster that exists already. */
export function externalSchema(defaults: StackDefaults) {
  const { indices } = defaults.environment;
  return mapping(
    {
      kind: z.literal('external').describe('An Elasticsearch or OpenSearch cluster that exists already.'),
      ...storageFields(defaults),
      urls: z
        .array(
          text({
            pattern:
              /^https?:\/\/[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5]))?\/?$/,
            allowed:
              'an address like https://elasticsearch.example:9200: scheme, host name and port only, without credentials (they go to username and elasticsearchPassword)',
            description: 'Address of one node.',
          }),
          { error: 'must be a list of addresses like https://elasticsearch.example:9200' },
        )
        .min(1, { error: 'must name at least one address' })
        .readonly()
        .describe('Addresses of the cluster, all of them http or all of them https.'),
      egressCidrs: destinations(
        'Addresses that the cluster is reached at: a network policy cannot name a host. Required unless each of the urls names a ' +
          'Service of this Kubernetes cluster (https://search.elastic.svc:9200) or an address.',
      ).default([]),
      egressPorts: podPorts(
        'Ports that its pods listen on, where it is a Service of this cluster that has others. Left out: those of the urls.',
      ),
      version: z
        .enum(['elasticsearch-7', 'elasticsearch-8', 'opensearch-1', 'opensearch-2'], {
          error: 'must be "elasticsearch-7", "elasticsearch-8", "opensearch-1" or "opensearch-2"',
        })
        .optional()
        .describe(
          'What the cluster is, so that a pair that does not work is refused in a pull request. Elasticsearch 8 needs Jaeger ' +
            '1.52. Left out: found out at the start of each pod, which waits and says so when the pair does not work.',
        ),
      username: username.optional(),
      existingSecret: existingPassword('Changed, it is read again without a restart.').optional(),
      tls: elasticsearchTlsSchema.optional(),
      shards: wholeNumber({
        min: 1,
        max: 1024,
        unit: 'shards',
        description: 'Primary shards of each daily index; a change counts from the next index on.',
      }).default(indices.shards),
      replicas: wholeNumber({
        min: 0,
        max: 20,
        unit: 'copies',
        description: 'Copies of each shard; a change counts from the next index on.',
      }).default(indices.replicas),
      bulk: bulk.prefault({}),
      timeoutSeconds: wholeNumber({
        min: 1,
        max: 600,
        unit: 'seconds',
        description:
          'How long one request may take. Without a limit, one that is never answered would hold its spans for ever.',
      }).default(30),
    },
    'External Elasticsearch or OpenSearch.',
  );
}
