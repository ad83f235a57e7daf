import { z } from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { openStorage } from './storageClient.ts';

const templates = z.record(
  z.string(),
  z.object({
    index_patterns: z.array(z.string()).default([]),
    settings: z
      .object({
        index: z
          .object({ number_of_shards: z.string().optional(), number_of_replicas: z.string().optional() })
          .optional(),
      })
      .optional(),
  }),
);

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
    const found = await storage.get('/_template', templates);
    return judgeTemplates({ indexPrefix, shards: counts.shards, replicas: counts.replicas }, found);
  },
};

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
