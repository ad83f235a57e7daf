import autocannon, { type Result } from 'autocannon';
import { type Outcome, RequestMix } from './requestMix.ts';

/** The load to send. */
export interface LoadOptions {
  /** The storefront's base URL. */
  readonly url: URL;
  /** Requests a second. */
  readonly rate: number;
  readonly durationSeconds: number;
  /** Ends the load early. */
  readonly signal?: AbortSignal;
}

/** How it went. */
export interface LoadResult {
  /** Those that were answered or given up; what was under way at the end is not among them. */
  readonly sent: number;
  /** Answered with 2xx. */
  readonly succeeded: number;
  /** Answered with another status, not answered in time, or not at all. */
  readonly failed: number;
  /** Those of `failed` that were not answered in time, or not at all. */
  readonly unanswered: number;
  readonly seconds: number;
  readonly latencyMillis: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number };
  /** The answers by operation and status. */
  readonly outcomes: readonly Outcome[];
}

const MAX_CONNECTIONS = 20;

/** Sends orders and questions at a steady rate over at most 20 connections: less where the shop answers too slowly for it. */
export async function runLoad({ url, rate, durationSeconds, signal }: LoadOptions): Promise<LoadResult> {
  const mix = new RequestMix();
  const options = {
    url: url.href,
    connections: Math.min(MAX_CONNECTIONS, rate),
    overallRate: rate,
    duration: durationSeconds,
    // A shop that is not there refuses connections far faster than any rate: the run ends instead.
    bailout: rate,
    requests: mix.requests(),
  };
  const result = await new Promise<Result>((resolve, reject) => {
    const running = autocannon(options, (error: Error | null, ended) => (error ? reject(error) : resolve(ended)));
    signal?.addEventListener('abort', () => running.stop(), { once: true });
    if (signal?.aborted === true) running.stop();
  });
  const { latency } = result;
  return {
    // Not `requests.sent`, in which those are that only waited for their turn.
    sent: result['2xx'] + result.non2xx + result.errors,
    succeeded: result['2xx'],
    failed: result.non2xx + result.errors,
    unanswered: result.errors,
    seconds: result.duration,
    latencyMillis: { p50: latency.p50, p90: latency.p90, p99: latency.p99, max: latency.max },
    outcomes: mix.outcomes(),
  };
}
