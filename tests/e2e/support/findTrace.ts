import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryTrace } from '../../../tools/up/readTrace.ts';

/** How long a trace is looked for, and when it is whole. */
export interface TraceSearch {
  /** @defaultValue 1 */
  readonly spans?: number;
  /** @defaultValue 30 */
  readonly seconds?: number;
}

/**
 * Looks for the traces of a service through the query API until there is one with so many spans.
 * @throws Error when there is none in time.
 */
export async function findTrace(
  queryUrl: string,
  service: string,
  { spans = 1, seconds = 30 }: TraceSearch = {},
): Promise<QueryTrace> {
  const url = new URL('/api/traces', queryUrl);
  url.searchParams.set('service', service);
  for (const deadline = Date.now() + seconds * 1000; ; await sleep(500)) {
    const response = await fetch(url);
    const { data } = (await response.json()) as { readonly data?: readonly QueryTrace[] | null };
    const trace = data?.find((candidate) => candidate.spans.length >= spans);
    if (trace !== undefined) return trace;
    if (Date.now() > deadline) throw new Error(`no trace of ${service} with ${spans} spans within ${seconds} s`);
  }
}
