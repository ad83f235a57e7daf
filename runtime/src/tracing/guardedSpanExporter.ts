import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { HostProcess } from '../core/hostProcess.ts';
import { withTimeout } from '../core/withTimeout.ts';
import { TimeoutError } from '../core/timeoutError.ts';
import { ExportError, type ExportFailure } from './exportError.ts';

/** What a `GuardedSpanExporter` is made of. */
export interface GuardedSpanExporterOptions {
  /** Does the sending. */
  readonly exporter: SpanExporter;
  /** Where spans go, for error messages. */
  readonly destination: string;
  /** Bound on one export, in milliseconds. */
  readonly timeoutMillis: number;
  /** Bound on batches that wait or are being sent. */
  readonly maxPendingBatches: number;
  /** Told of every batch that was not handed over. */
  readonly onError: (error: Error) => void;
  readonly host: Pick<HostProcess, 'schedule'>;
}

interface PendingBatch {
  readonly spans: ReadableSpan[];
  readonly finish: (result: ExportResult) => void;
}

/**
 * Keeps the promises that an exporter may not: one batch at a time, an answer to every batch within a bound, a bounded
 * number of batches waiting, and every failure reported once.
 *
 * One at a time matters to exporter-jaeger: its packet buffer is shared between exports, so two that overlap (a flush of
 * a queue longer than one batch makes them) can build a packet that is too large for UDP and lose it.
 */
export class GuardedSpanExporter implements SpanExporter {
  readonly #options: GuardedSpanExporterOptions;
  readonly #pending = new Set<PendingBatch>();
  #lastExport: Promise<void> = Promise.resolve();
  #closed = false;
  #shutdown: Promise<void> | undefined;

  constructor(options: GuardedSpanExporterOptions) {
    this.#options = options;
  }

  export(spans: ReadableSpan[], resultCallback: (result: ExportResult) => void): void {
    const batch: PendingBatch = { spans, finish: resultCallback };
    const refusal = this.#refusal();
    this.#pending.add(batch);
    if (refusal !== undefined) {
      this.#fail(batch, refusal);
      return;
    }
    this.#lastExport = this.#lastExport.then(() => this.#send(batch));
  }

  /** Resolves when every batch that was given so far has its answer. Never rejects. */
  async forceFlush(): Promise<void> {
    await this.#lastExport;
  }

  /** Gives up on every batch that has no answer yet and refuses further ones. */
  abandon(): void {
    this.#closed = true;
    for (const batch of [...this.#pending]) this.#fail(batch, 'shutdown');
  }

  /** Waits for the batches that were given so far, then closes the exporter; once, however often it is called. */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#close();
    return this.#shutdown;
  }

  async #close(): Promise<void> {
    if (!this.#closed) await this.forceFlush();
    this.#closed = true;
    try {
      await this.#options.exporter.shutdown();
    } catch {
      // exporter-jaeger rejects when its own flush timer wins; whatever was still waiting has been reported by then.
    }
  }

  #refusal(): ExportFailure | undefined {
    if (this.#closed) return 'shutdown';
    return this.#pending.size >= this.#options.maxPendingBatches ? 'backlog' : undefined;
  }

  async #send(batch: PendingBatch): Promise<void> {
    if (!this.#pending.has(batch)) return;
    const { timeoutMillis, host } = this.#options;
    try {
      const result = await withTimeout(this.#exportOnce(batch.spans), { operation: 'the export', timeoutMillis, host });
      if (result.code === ExportResultCode.SUCCESS) this.#settle(batch, result);
      else this.#fail(batch, 'failed', result.error);
    } catch (error) {
      this.#fail(batch, error instanceof TimeoutError ? 'timeout' : 'failed', error);
    }
  }

  async #exportOnce(spans: ReadableSpan[]): Promise<ExportResult> {
    return new Promise((resolve) => {
      this.#options.exporter.export(spans, resolve);
    });
  }

  #fail(batch: PendingBatch, reason: ExportFailure, cause?: unknown): void {
    if (!this.#pending.has(batch)) return;
    const { destination, onError } = this.#options;
    const error = new ExportError({ reason, spanCount: batch.spans.length, destination, cause });
    onError(error);
    this.#settle(batch, { code: ExportResultCode.FAILED, error });
  }

  #settle(batch: PendingBatch, result: ExportResult): void {
    if (this.#pending.delete(batch)) batch.finish(result);
  }
}
