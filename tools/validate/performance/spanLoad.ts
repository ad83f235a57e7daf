import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { encodeLoadSpans } from './loadSpans.ts';

/** How a load is driven. */
export interface SpanLoadOptions {
  /** Base URLs of the collectors' OTLP over HTTP, which take turns. */
  readonly collectors: readonly string[];
  /** Name of the spans' service. */
  readonly service: string;
  readonly spansPerSecond: number;
  /** For how long. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly nowMillis: () => number;
  /** Hears of one span a second, as soon as it is acknowledged. */
  readonly onMarker: (traceId: string) => void;
}

/** What a load came to. */
export interface SpanLoadResult {
  readonly sent: number;
  readonly acknowledged: number;
  /** Spans of requests that were refused or broke off, by why. */
  readonly refused: ReadonlyMap<string, number>;
  /** Seconds from the first request to the last answer. */
  readonly seconds: number;
  /** Spans that were due and not sent, since too many requests had no answer yet. */
  readonly heldBack: number;
}

const tickMillis = 50;
const spansPerRequest = 100;
// More than these wait only where the other side, or this machine, cannot keep up.
const requestsAtOnce = 32;
const answerMillis = 20_000;

/** Sends spans at an even pace, and returns when every request is answered. */
export async function loadWithSpans(options: SpanLoadOptions): Promise<SpanLoadResult> {
  const { collectors, spansPerSecond, seconds, nowMillis, signal } = options;
  const dispatcher = new Agent({ connections: requestsAtOnce });
  const open = new Set<Promise<void>>();
  const refused = new Map<string, number>();
  let [sent, acknowledged, heldBack, requests, marked] = [0, 0, 0, 0, 0];
  const send = async (count: number): Promise<void> => {
    const { body, traceIds } = encodeLoadSpans(options.service, count, nowMillis());
    const collector = collectors[requests++ % collectors.length] ?? '';
    sent += count;
    const reason = await post(`${collector}/v1/traces`, body, dispatcher);
    if (reason !== undefined) {
      refused.set(reason, (refused.get(reason) ?? 0) + count);
      return;
    }
    acknowledged += count;
    const second = Math.floor((nowMillis() - started) / 1000);
    if (second < marked) return;
    marked = second + 1;
    options.onMarker(traceIds[0] ?? '');
  };
  const started = nowMillis();
  let due = 0;
  try {
    while (nowMillis() - started < seconds * 1000 && !signal.aborted) {
      const wanted = Math.floor(((nowMillis() - started) / 1000) * spansPerSecond);
      for (; due < wanted; due += spansPerRequest) {
        const count = Math.min(spansPerRequest, wanted - due);
        if (open.size >= requestsAtOnce) heldBack += count;
        else track(open, send(count));
        if (count < spansPerRequest) {
          due = wanted;
          break;
        }
      }
      await sleep(tickMillis);
    }
    await Promise.all(open);
    return { sent, acknowledged, refused, heldBack, seconds: (nowMillis() - started) / 1000 };
  } finally {
    await dispatcher.destroy();
  }
}

function track(open: Set<Promise<void>>, work: Promise<void>): void {
  open.add(work);
  void work.finally(() => open.delete(work));
}

/** Undefined when the spans were taken; else why they were not. */
async function post(url: string, body: Uint8Array, dispatcher: Agent): Promise<string | undefined> {
  try {
    const answer = await request(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-protobuf' },
      dispatcher,
      signal: AbortSignal.timeout(answerMillis),
    });
    await answer.body.dump();
    return answer.statusCode < 300 ? undefined : `answered with ${answer.statusCode}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
