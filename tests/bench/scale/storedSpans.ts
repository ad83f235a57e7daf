import { z } from 'zod';

/** Spans of one service that Elasticsearch has. */
export interface StoredSpans {
  /** Spans, each counted once. */
  readonly distinct: number;
  /** Copies beside the first of each. */
  readonly duplicates: number;
}

/** Buckets that are asked for at once. */
const PAGE = 10_000;

const page = z.object({
  aggregations: z
    .object({
      spans: z.object({
        after_key: z.object({ span: z.string() }).optional(),
        buckets: z.array(z.object({ doc_count: z.number() })),
      }),
    })
    .optional(),
});

/** One page of spans by their ids, and where the next begins. */
export interface SpanPage {
  readonly counts: readonly number[];
  readonly next: string | undefined;
}

/** Counts spans and copies over all pages. A page that is not full is the last. */
export async function countSpans(readPage: (after: string | undefined) => Promise<SpanPage>): Promise<StoredSpans> {
  let distinct = 0;
  let documents = 0;
  let after: string | undefined;
  do {
    const { counts, next } = await readPage(after);
    distinct += counts.length;
    documents += counts.reduce((sum, count) => sum + count, 0);
    after = next;
  } while (after !== undefined);
  return { distinct, duplicates: documents - distinct };
}

/** Looks every span of a service up, whose ids are numbers of its own: no estimate, unlike a cardinality. */
export async function storedSpans(elasticsearch: string, indices: string, service: string): Promise<StoredSpans> {
  const address = `${elasticsearch}/${indices}`;
  await answer(`${address}/_refresh`, undefined);
  return countSpans(async (after) => {
    const composite = {
      size: PAGE,
      sources: [{ span: { terms: { field: 'spanID' } } }],
      ...(after === undefined ? {} : { after: { span: after } }),
    };
    const body = {
      size: 0,
      query: { term: { 'process.serviceName': service } },
      aggs: { spans: { composite } },
    };
    const { aggregations } = page.parse(await answer(`${address}/_search`, body));
    const buckets = aggregations?.spans.buckets ?? [];
    return { counts: buckets.map(({ doc_count: count }) => count), next: aggregations?.spans.after_key?.span };
  });
}

const counted = z.object({ count: z.number() });

/** Documents of a service, copies included. */
export async function countDocuments(elasticsearch: string, indices: string, service: string): Promise<number> {
  const address = `${elasticsearch}/${indices}`;
  await answer(`${address}/_refresh`, undefined);
  const query = { term: { 'process.serviceName': service } };
  return counted.parse(await answer(`${address}/_count`, { query })).count;
}

const indexing = z.object({
  _all: z.object({ primaries: z.object({ indexing: z.object({ index_total: z.number() }) }) }),
});

/** Documents that were indexed since the shards were opened, searchable or not: asking for it makes Elasticsearch do nothing. */
export async function indexedDocuments(elasticsearch: string, indices: string): Promise<number> {
  const response = await fetch(`${elasticsearch}/${indices}/_stats/indexing`);
  return indexing.parse(await response.json())._all.primaries.indexing.index_total;
}

const store = z.object({
  _all: z.object({
    total: z.object({ docs: z.object({ count: z.number() }), store: z.object({ size_in_bytes: z.number() }) }),
  }),
});

/** Bytes on disk of each document, once everything is written. */
export async function bytesPerDocument(elasticsearch: string, indices: string): Promise<number> {
  await answer(`${elasticsearch}/${indices}/_flush`, undefined);
  const response = await fetch(`${elasticsearch}/${indices}/_stats/docs,store`);
  const { docs, store: stored } = store.parse(await response.json())._all.total;
  return stored.size_in_bytes / docs.count;
}

async function answer(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return response.json();
}
