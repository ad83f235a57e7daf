import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportDetail } from '../console/phases.ts';

/** A span as Jaeger's query API gives it (model/json of Jaeger 1.50), as far as it is read here. */
export interface QuerySpan {
  readonly spanID: string;
  readonly operationName: string;
  readonly processID: string;
  readonly references: readonly { readonly refType: string; readonly spanID: string }[];
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
}

export interface QueryTrace {
  readonly traceID: string;
  readonly spans: readonly QuerySpan[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

/** A trace did not arrive whole in time. */
export class IncompleteTraceError extends Error {
  override readonly name = 'IncompleteTraceError';
  readonly traceId: string;

  constructor(traceId: string, found: number, expected: number, seconds: number, reason: string) {
    super(
      `trace ${traceId}: ${found} of ${expected} spans within ${seconds} s${reason}. ` +
        'The way of a span is application → agent → collector → Elasticsearch → query: `npm run status` shows which part is not ready.',
    );
    this.traceId = traceId;
  }
}

/**
 * Reads a trace through the query API until it has all its spans.
 * @param explain - What is known to go wrong by then, for the error.
 * @throws IncompleteTraceError after `timeoutSeconds`.
 */
export async function readTrace(
  queryUrl: string,
  traceId: string,
  expectedSpans: number,
  timeoutSeconds: number,
  report: ReportDetail,
  signal?: AbortSignal,
  explain: () => string | undefined = () => undefined,
): Promise<QueryTrace> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  let reason = '';
  let found = 0;
  while (Date.now() < deadline) {
    const answer = await fetchTrace(queryUrl, traceId).catch((error: unknown) => {
      reason = ` (${error instanceof Error ? error.message : String(error)})`;
      return undefined;
    });
    found = answer?.spans.length ?? found;
    if (answer !== undefined && found >= expectedSpans) return answer;
    report(`${found} of ${expectedSpans} spans are there`);
    await sleep(250, undefined, { signal });
  }
  const known = explain();
  const why = known === undefined ? reason : `: ${known}${reason}`;
  throw new IncompleteTraceError(traceId, found, expectedSpans, timeoutSeconds, why);
}

/** One look for a trace; undefined while there is none. */
export async function fetchTrace(queryUrl: string, traceId: string): Promise<QueryTrace | undefined> {
  const response = await fetch(`${queryUrl}/api/traces/${traceId}`, { signal: AbortSignal.timeout(10_000) });
  if (response.status === 404) return undefined;
  if (!response.ok)
    throw new Error(`the query API answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  const body = (await response.json()) as { readonly data?: readonly QueryTrace[] | null };
  return body.data?.[0];
}

/** The services of a trace, sorted. */
export function servicesOf(trace: QueryTrace): string[] {
  return [...new Set(trace.spans.map(({ processID }) => trace.processes[processID]?.serviceName ?? processID))].sort();
}
