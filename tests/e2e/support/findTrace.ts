import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryTrace } from '../../../tools/up/readTrace.ts';

const SEARCH_SECONDS = 30;

/**
 * Looks for the traces of a service through the query API until there is one.
 * @throws Error after half a minute without one.
 */
export async function findTrace(queryUrl: string, service: string): Promise<QueryTrace> {
  const url = new URL('/api/traces', queryUrl);
  url.searchParams.set('service', service);
  for (const deadline = Date.now() + SEARCH_SECONDS * 1000; ; await sleep(500)) {
    const response = await fetch(url);
    const { data } = (await response.json()) as { readonly data?: readonly QueryTrace[] | null };
    const trace = data?.[0];
    if (trace !== undefined) return trace;
    if (Date.now() > deadline) throw new Error(`no trace of ${service} within ${SEARCH_SECONDS} s`);
  }
}
