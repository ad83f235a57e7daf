import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import { TimeoutError } from '../../core/timeoutError.ts';
import { toError } from '../../core/toError.ts';
import type { SendOutcome, SpanTransport } from '../export/spanTransport.ts';
import type { DropReason } from './dropReason.ts';

/** How long a transport may take to answer after it was told to stop, in milliseconds. */
export const ABORT_GRACE_MILLIS = 1000;

/** What a `BatchExport` is made of. */
export interface BatchExportOptions {
  readonly transport: SpanTransport;
  /** Bound on the export, in milliseconds; `ABORT_GRACE_MILLIS` more and the transport is not listened to any more. */
  readonly timeoutMillis: number;
  readonly host: Pick<HostProcess, 'schedule'>;
}

/** One batch on its way. It has an outcome within a bound, whatever the transport does. */
export class BatchExport {
  /** What became of the batch. Never rejects. */
  readonly outcome: Promise<SendOutcome>;
  readonly #options: BatchExportOptions;
  readonly #spans: ReadableSpan[];
  readonly #controller = new AbortController();
  readonly #resolve: (outcome: SendOutcome) => void;
  #cancelTimer: Dispose;

  /** Starts to send. `spans` belongs to the export from now on. */
  constructor(spans: ReadableSpan[], options: BatchExportOptions) {
    const { promise, resolve } = Promise.withResolvers<SendOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
    this.#options = options;
    this.#spans = spans;
    const { timeoutMillis, host } = options;
    this.#cancelTimer = host.schedule(() => {
      const error = new TimeoutError('the export', timeoutMillis);
      this.abort(error, { graceMillis: ABORT_GRACE_MILLIS, reason: 'export_failed' });
    }, timeoutMillis);
    void this.#send();
  }

  /** Tells the transport to stop; without an answer in time, all spans are taken as dropped for `reason`. */
  abort(error: Error, { graceMillis, reason }: { graceMillis: number; reason: DropReason }): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.host.schedule(() => {
      this.#settle({ sent: 0, dropped: { [reason]: this.#spans.length }, trimmed: 0, error });
      // A transport that hangs keeps the array; it shall not keep the spans.
      this.#spans.length = 0;
    }, graceMillis);
    this.#controller.abort(error);
  }

  async #send(): Promise<void> {
    this.#settle(await this.#answer());
  }

  #settle(outcome: SendOutcome): void {
    this.#cancelTimer();
    this.#resolve(outcome);
  }

  async #answer(): Promise<SendOutcome> {
    const { transport } = this.#options;
    // What a transport does is not traced: each batch would make spans for the next one.
    const untraced = suppressTracing(ROOT_CONTEXT);
    try {
      return await context.with(untraced, () => transport.send(this.#spans, this.#controller.signal));
    } catch (error) {
      return { sent: 0, dropped: {}, trimmed: 0, error: toError(error) };
    }
  }
}
