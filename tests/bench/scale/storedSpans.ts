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

/** What a span takes of an index. */
export interface SpanFootprint {
  /** Bytes on the disk. */
  readonly bytes: number;
  /** Documents as Lucene counts them: each tag of a span is one of its own, and a shard holds 2³¹ at most. */
  readonly documents: number;
}

/** What the spans of indices take on average, once everything is written. */
export async function spanFootprint(elasticsearch: string, indices: string): Promise<SpanFootprint> {
  const address = `${elasticsearch}/${indices}`;
  await answer(`${address}/_refresh`, undefined);
  await answer(`${address}/_flush`, undefined);
  const { count } = counted.parse(await answer(`${address}/_count`, { query: { match_all: {} } }));
  const { docs, store: stored } = store.parse(await (await fetch(`${address}/_stats/docs,store`)).json())._all.total;
  return { bytes: stored.size_in_bytes / count, documents: docs.count / count };
}

async function answer(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return response.json();
}
