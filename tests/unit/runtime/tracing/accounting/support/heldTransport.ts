import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SendOutcome, SpanTransport } from '../../../../../../runtime/src/tracing/export/spanTransport.ts';

/** One batch that a `HeldTransport` was given. */
export interface HeldBatch {
  /** The names of the spans at the time. */
  readonly names: readonly string[];
  /** What the transport was given. */
  readonly spans: readonly ReadableSpan[];
  readonly signal: AbortSignal;
  readonly answer: (outcome: SendOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** A transport that answers when the test says so. */
export class HeldTransport implements SpanTransport {
  readonly destination = 'the agent';
  readonly batches: HeldBatch[] = [];
  closes = 0;
  canSendNow = false;
  /** What `sendNow` does with what it is given. */
  onSendNow: (spans: readonly ReadableSpan[]) => SendOutcome = (spans) => ({
    sent: spans.length,
    dropped: {},
    trimmed: 0,
  });
  /** What `close` returns. */
  closed: Promise<void> = Promise.resolve();
  /** Called at every batch, before it is held. */
  onSend: () => void = () => undefined;

  send(spans: readonly ReadableSpan[], signal: AbortSignal): Promise<SendOutcome> {
    this.onSend();
    const { promise, resolve, reject } = Promise.withResolvers<SendOutcome>();
    this.batches.push({ names: spans.map(({ name }) => name), spans, signal, answer: resolve, reject });
    return promise;
  }

  sendNow(spans: readonly ReadableSpan[]): SendOutcome {
    return this.onSendNow(spans);
  }

  close(): Promise<void> {
    this.closes += 1;
    return this.closed;
  }

  /** The names of the spans of each batch. */
  get names(): (readonly string[])[] {
    return this.batches.map(({ names }) => names);
  }

  /** Answers the last batch: all of it is sent, but for what `outcome` says. */
  answer(outcome: Partial<SendOutcome> = {}): void {
    const batch = this.batches.at(-1);
    batch?.answer({ sent: batch.names.length, dropped: {}, trimmed: 0, ...outcome });
  }
}
