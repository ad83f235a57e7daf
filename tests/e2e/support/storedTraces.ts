import type { KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { elasticsearchHttpPort } from '../../../infra/jaeger/elasticsearchFiles.ts';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { requestPod } from '../../../tools/kube/requestPod.ts';

/** What of some traces of one span each lies in the storage. */
export interface StoredTraces {
  readonly stored: number;
  /** Ids of traces that the storage has not. */
  readonly missing: readonly string[];
  /** Spans that are there more than once: the collector had them, and its acknowledgement did not arrive. */
  readonly duplicates: number;
}

/** Looked up at once: Elasticsearch answers with 10000 documents at most, of which some may be duplicates. */
const IDS_AT_ONCE = 2000;
/** What a collector has taken is written within its flush interval, and busy processors may take some of this. */
const SETTLE_SECONDS = 20;

const found = z.object({
  timed_out: z.literal(false),
  _shards: z.object({ failed: z.literal(0) }),
  hits: z.object({
    total: z.object({ value: z.number(), relation: z.literal('eq') }),
    hits: z.array(z.object({ fields: z.object({ traceID: z.tuple([z.string()]) }) })),
  }),
});

/** Looks every one of some traces up in a stack's own Elasticsearch itself, until all are there or no more of them come. */
export async function findStoredTraces(
  kube: KubeConfig,
  namespace: string,
  traceIds: readonly string[],
): Promise<StoredTraces> {
  const search = new TraceSearch(kube, namespace);
  for (const deadline = Date.now() + SETTLE_SECONDS * 1000; ; await sleep(1000)) {
    const result = await search.lookUp(traceIds);
    if (result.missing.length === 0 || Date.now() > deadline) return result;
  }
}

class TraceSearch {
  readonly #kube: KubeConfig;
  readonly #namespace: string;

  constructor(kube: KubeConfig, namespace: string) {
    this.#kube = kube;
    this.#namespace = namespace;
  }

  async lookUp(traceIds: readonly string[]): Promise<StoredTraces> {
    await this.#ask('/_refresh');
    const spans = new Map<string, number>();
    for (let start = 0; start < traceIds.length; start += IDS_AT_ONCE)
      for (const id of await this.#spansOf(traceIds.slice(start, start + IDS_AT_ONCE)))
        spans.set(id, (spans.get(id) ?? 0) + 1);
    const documents = [...spans.values()].reduce((sum, count) => sum + count, 0);
    const missing = traceIds.filter((id) => !spans.has(id));
    return { stored: spans.size, missing, duplicates: documents - spans.size };
  }

  /** The trace of each span; a trace comes as often as it has spans. */
  async #spansOf(traceIds: readonly string[]): Promise<string[]> {
    const body = {
      size: 10_000,
      track_total_hits: true,
      _source: false,
      docvalue_fields: ['traceID'],
      query: { terms: { traceID: traceIds } },
    };
    const { total, hits } = found.parse(await this.#ask('/_search', body)).hits;
    if (hits.length !== total.value) throw new Error(`${total.value} spans are found and ${hits.length} are named`);
    return hits.map(({ fields }) => fields.traceID[0]);
  }

  async #ask(path: string, body?: unknown): Promise<unknown> {
    const target = {
      namespace: this.#namespace,
      service: serviceNames.elasticsearch,
      podPort: elasticsearchHttpPort.number,
    };
    const answer = await requestPod(this.#kube, target, { method: 'POST', path: `/*-jaeger-span-*${path}`, body });
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.body}`);
    return JSON.parse(answer.body);
  }
}
