/** A storage server by its distribution and major version. */
export type StorageServer = 'elasticsearch-7' | 'elasticsearch-8' | 'opensearch-1' | 'opensearch-2';

/**
 * Servers that a version of Jaeger can store spans in. Elasticsearch 8 has no mapping types and no `_template` of old, which
 * Jaeger knows from 1.52 on (jaeger #4829). Elasticsearch 5 and 6, which it also takes, have been without fixes for years.
 */
export function supportedServers(jaegerVersion: string): readonly StorageServer[] {
  const takesEight = Number(jaegerVersion.split('.')[1]) >= 52;
  return ['elasticsearch-7', ...(takesEight ? (['elasticsearch-8'] as const) : []), 'opensearch-1', 'opensearch-2'];
}
