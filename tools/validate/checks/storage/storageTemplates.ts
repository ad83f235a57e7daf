import { z } from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { openStorage, type StorageClient } from './storageClient.ts';
import { root, type StorageVersion } from './storageVersion.ts';

const patterns = z.array(z.string()).default([]);
const settings = z
  .object({
    index: z.object({ number_of_shards: z.string().optional(), number_of_replicas: z.string().optional() }).optional(),
  })
  .optional();

/** `/_template`, of Elasticsearch 7 and OpenSearch. */
const templates = z.record(z.string(), z.object({ index_patterns: patterns, settings }));

/** `/_index_template`, where Jaeger writes to from Elasticsearch 8 on. */
const composable = z.object({
  index_templates: z.array(
    z.object({
      name: z.string(),
      index_template: z.object({ index_patterns: patterns, template: z.object({ settings }).optional() }),
    }),
  ),
});

/** Index templates, by their names. */
export type IndexTemplates = z.infer<typeof templates>;

/** What new indices must get. */
export interface WantedTemplate {
  readonly indexPrefix: string;
  readonly shards: number;
  readonly replicas: number;
}

/** New indices get the mappings that Jaeger reads, with the shards and copies that are configured. */
export const storageTemplates: Check = {
  id: 'storage-templates',
  component: 'storage',
  title: "Jaeger's index templates are there, with the configured shards and copies",
  run: async (context) => {
    const [storage, { storage: wanted }] = await Promise.all([openStorage(context), context.deployment.config()]);
    const counts = wanted.kind === 'embedded' ? { shards: 1, replicas: 0 } : wanted;
    const { indexPrefix } = wanted;
    const found = await readTemplates(storage);
    return judgeTemplates({ indexPrefix, shards: counts.shards, replicas: counts.replicas }, found);
  },
};

/** Reads the templates from where Jaeger writes them, which the server's version decides. */
export async function readTemplates(storage: Pick<StorageClient, 'get'>): Promise<IndexTemplates> {
  if (!takesIndexTemplates(await storage.get('/', root))) return storage.get('/_template', templates);
  const { index_templates: found } = await storage.get('/_index_template', composable);
  return Object.fromEntries(
    found.map(({ name, index_template: { index_patterns, template } }) => [
      name,
      { index_patterns, settings: template?.settings },
    ]),
  );
}

function takesIndexTemplates({ version: { number, distribution = 'elasticsearch' } }: StorageVersion): boolean {
  return distribution === 'elasticsearch' && Number(number.split('.')[0]) >= 8;
}

/** What is wrong with the two templates; Jaeger 1.50 makes them at the start of a collector or ingester. */
export function judgeTemplates({ indexPrefix, shards, replicas }: WantedTemplate, found: IndexTemplates): Finding[] {
  return ['span', 'service'].map((kind): Finding => {
    const name = `${indexPrefix}-jaeger-${kind}`;
    const subject = `index template ${name}`;
    const expected = `${shards} shards, ${replicas} copies, for ${name}-*`;
    const template = found[name];
    const mend =
      'restart the collectors (with strategy streaming: the ingesters), which make the templates anew; indices that exist keep what they have';
    if (template === undefined) return { outcome: 'failed', subject, expected, found: 'missing', mend };
    const { number_of_shards: has = 'none', number_of_replicas: copies = 'none' } = template.settings?.index ?? {};
    const matches = template.index_patterns.some((pattern) => pattern.endsWith(`${name}-*`));
    const seen = `${has} shards, ${copies} copies, for ${template.index_patterns.join(', ')}`;
    if (matches && has === String(shards) && copies === String(replicas))
      return { outcome: 'ok', subject, expected, found: seen };
    return { outcome: 'failed', subject, expected, found: seen, mend };
  });
}
