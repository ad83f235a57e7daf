import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { DropReason } from '../accounting/dropReason.ts';

/** What became of the spans of one batch: `sent` and all of `dropped` add up to the length of the batch. */
export interface SendOutcome {
  /**
   * Spans that the destination took. Over UDP nobody answers: there it is the spans that were handed to the kernel.
   */
  readonly sent: number;
  /** Spans that were lost, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** How many of those sent were trimmed to fit, and marked as trimmed. */
  readonly trimmed: number;
  /** What went wrong, where anything did. */
  readonly error?: Error;
}

/**
 * Brings batches of finished spans to one destination. Unlike OpenTelemetry's `SpanExporter`, it tells the fate of every
 * span.
 */
export interface SpanTransport {
  /** Where spans go, for a person: `the Jaeger agent at localhost:6832`, an URL. Without credentials. */
  readonly destination: string;
  /**
   * Makes ready for the first batch, so that `sendNow` can send in a process that ends before. To be called at the first
   * span that is recorded, not before: a look-up of a name that nobody answers keeps the process alive for seconds.
   * Missing where nothing can be made ready. Idempotent; never throws or rejects; nobody has to wait for it.
   */
  warmUp?(): Promise<void>;
  /**
   * Sends one batch; the next one is given when this one is settled. Never rejects. Backs off and tries again by itself
   * where that can help. When `signal` is aborted it settles promptly, with what was not sent as `export_failed`.
   */
  send(spans: readonly ReadableSpan[], signal: AbortSignal): Promise<SendOutcome>;
  /**
   * Whether `sendNow` can send at this moment. Missing, as `sendNow`, where nothing can be sent without waiting.
   */
  readonly canSendNow?: boolean;
  /**
   * For a process that may end in this very call: sends what can be sent without waiting for anything, what is left of the
   * batch on its way first. Called only where `canSendNow` is true. Never throws; what was not sent is dropped as `shutdown`.
   */
  sendNow?(spans: readonly ReadableSpan[]): SendOutcome;
  /** Frees sockets and timers. Idempotent; never rejects. Nothing is sent afterwards. */
  close(): Promise<void>;
}
