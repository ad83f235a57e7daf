import autocannon from 'autocannon';

/** The load to send. */
export interface LoadOptions {
  /** The storefront's base URL. */
  readonly url: URL;
  /** Orders a second. */
  readonly rate: number;
  readonly durationSeconds: number;
}

/** How it went. */
export interface LoadResult {
  readonly sent: number;
  /** Answered with 2xx. */
  readonly succeeded: number;
  /** Answered with another status, not answered in time, or not at all. */
  readonly failed: number;
  readonly seconds: number;
  readonly latencyMillis: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number };
}

const MAX_CONNECTIONS = 20;
const PRODUCTS = ['TEA-1', 'MUG-1', 'KETTLE-1'];

/** Sends `POST /checkout` at a steady rate over at most 20 connections: less where the shop answers too slowly for it. */
export async function runLoad({ url, rate, durationSeconds }: LoadOptions): Promise<LoadResult> {
  const result = await autocannon({
    url: new URL('/checkout', url).href,
    connections: Math.min(MAX_CONNECTIONS, rate),
    overallRate: rate,
    duration: durationSeconds,
    // A shop that is not there refuses connections far faster than any rate: the run ends instead.
    bailout: rate,
    requests: PRODUCTS.map((sku) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer: 'load', sku, quantity: 1 }),
    })),
  });
  const { latency } = result;
  return {
    sent: result.requests.sent,
    succeeded: result['2xx'],
    failed: result.non2xx + result.errors,
    seconds: result.duration,
    latencyMillis: { p50: latency.p50, p90: latency.p90, p99: latency.p99, max: latency.max },
  };
}
