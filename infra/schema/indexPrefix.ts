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
