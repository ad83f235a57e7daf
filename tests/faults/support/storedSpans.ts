import { z } from 'zod';

/** Buckets that are asked for at once. */
const PAGE = 10_000;

const page = z.object({
  timed_out: z.literal(false),
  _shards: z.object({ failed: z.literal(0) }),
  aggregations: z
    .object({
      spans: z.object({
        after_key: z.object({ span: z.string() }).optional(),
        buckets: z.array(z.object({ key: z.object({ span: z.string() }), doc_count: z.number() })),
      }),
    })
    .optional(),
});

/** Asks Elasticsearch, past nginx, and gives what it answered. */
export type AskSearch = (method: 'POST' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;

/** How often each span of a service is stored, by the span's ID: every one is looked up, none estimated. */
export async function readStoredSpans(ask: AskSearch, service: string): Promise<ReadonlyMap<string, number>> {
  const stored = new Map<string, number>();
  await ask('POST', '/*-jaeger-span-*/_refresh');
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const composite = {
      size: PAGE,
      sources: [{ span: { terms: { field: 'spanID' } } }],
      ...(after !== undefined && { after: { span: after } }),
    };
    const body = {
      size: 0,
      query: { term: { 'process.serviceName': service } },
      aggs: { spans: { composite } },
    };
    const { aggregations } = page.parse(await ask('POST', '/*-jaeger-span-*/_search', body));
    for (const { key, doc_count: count } of aggregations?.spans.buckets ?? []) stored.set(key.span, count);
    after = aggregations?.spans.after_key?.span;
  }
  return stored;
}
