import { createHash } from 'node:crypto';
import { configNamespace } from './configNamespace.ts';

/**
 * An index prefix that is no end of another stack's, since Jaeger's templates begin with `*` (Jaeger 1.50
 * `plugin/storage/es/mappings`): the dot stands in each of them once, at the same place. A name that Elasticsearch or
 * Jaeger would not tell from another gets a fingerprint.
 */
export function indexPrefixOf(stack: string): string {
  const name = stack
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .slice(0, 42)
    // Jaeger reads "a-" as "a".
    .replace(/-+$/, '');
  if (name === stack) return `${configNamespace}.${name}`;
  return `${configNamespace}.${name}-${createHash('sha256').update(stack).digest('hex').slice(0, 8)}`;
}

/**
 * For how many days spans can be found at most. A query for services names the index of every day in one request line, commas
 * as `%2C` (Jaeger 1.50 `plugin/storage/es/spanstore/service_operation.go`), and Elasticsearch refuses a line of more than 4096 bytes
 * (`http.max_initial_line_length`).
 */
export function longestRetentionDays(indexPrefix: string): number {
  // The rest of the line, with room for a path that a proxy adds.
  const requestBytes = 4096 - 120;
  const bytesPerDay = indexPrefix.length + '-jaeger-service-2023-01-01'.length + '%2C'.length;
  return Math.floor(requestBytes / bytesPerDay) - 1;
}
