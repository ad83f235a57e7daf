import { toError } from '../../core/toError.ts';
import { type Context, context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { OutcomeTally } from './outcomeTally.ts';
import { SendAbortedError } from './sendAbortedError.ts';
import type { SendOutcome, SpanTransport } from './spanTransport.ts';

/**
 * What every transport has in common: it accounts for each span, never rejects, makes no spans of its own requests, ends
 * a batch when the transport is closed, and takes none afterwards.
 */
export abstract class AccountedTransport implements SpanTransport {
  readonly destination: string;
  // A root: a request would otherwise keep the context alive, and with it the span, that happened to be active.
  readonly #untraced: Context = suppressTracing(ROOT_CONTEXT);
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  constructor(destination: string) {
    this.destination = destination;
  }

  async send(spans: readonly ReadableSpan[], signal: AbortSignal): Promise<SendOutcome> {
    const tally = new OutcomeTally(spans.length);
    if (this.#closed !== undefined) tally.drop('shutdown', spans.length);
    else await this.#sendAccounted(spans, tally, signal);
    return tally.outcome();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /**
   * Sends the batch and tells the tally of every span that arrived or was lost. What it leaves out, or whatever it throws
   * for, is `export_failed`. Settles promptly when `signal` is aborted.
   */
  protected abstract deliver(spans: readonly ReadableSpan[], tally: OutcomeTally, signal: AbortSignal): Promise<void>;

  /** Calls a function that makes requests, so that they make no spans. */
  protected untraced<T>(request: () => T): T {
    return context.with(this.#untraced, request);
  }

  /** Frees sockets and timers. */
  protected abstract release(): Promise<void>;

  async #sendAccounted(spans: readonly ReadableSpan[], tally: OutcomeTally, signal: AbortSignal): Promise<void> {
    const either = new AbortController();
    const abort = (): void => either.abort();
    for (const source of [signal, this.#closing.signal]) source.addEventListener('abort', abort);
    if (signal.aborted) abort();
    try {
      await this.untraced(() => this.deliver(spans, tally, either.signal));
    } catch (error) {
      if (!either.signal.aborted || error instanceof SendAbortedError) tally.note(toError(error));
    } finally {
      if (either.signal.aborted && tally.unaccounted > 0) tally.note(new SendAbortedError(this.destination));
      for (const source of [signal, this.#closing.signal]) source.removeEventListener('abort', abort);
    }
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    try {
      await this.untraced(() => this.release());
    } catch {
      // Nothing can be done about a socket that does not close, and nobody is left to do it.
    }
  }
}
