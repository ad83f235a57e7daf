import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { withTimeout } from '../../core/withTimeout.ts';
import { AccountedTransport } from './accountedTransport.ts';
import { ExporterFailedError } from './exporterFailedError.ts';
import type { OutcomeTally } from './outcomeTally.ts';
import type { TransportHost } from './transportHost.ts';
import { untilAborted } from './untilAborted.ts';

const SHUTDOWN_TIMEOUT_MILLIS = 1000;

/** What an `SdkExporterTransport` is made of. */
export interface SdkExporterTransportOptions {
  /** Where spans go, as text without credentials. */
  readonly destination: string;
  /** Makes an exporter; it is called again after a failure. */
  readonly createExporter: () => SpanExporter;
  readonly host: Pick<TransportHost, 'schedule'>;
  /** How long the exporter may take to answer, in milliseconds. */
  readonly answerTimeoutMillis: number;
}

/**
 * Sends through an exporter made for OpenTelemetry's SDK, and keeps the promises that it may not: an answer within a
 * bound, and only one.
 *
 * Such an exporter tells of a batch as a whole: one that failed is `export_failed` in all its spans, though some may have
 * arrived, and what a collector rejects of one that did not fail is not seen. exporter-jaeger over UDP gives up a whole
 * batch for one span that is larger than a packet. An exporter that failed is replaced, since it may hold on to a
 * request, or to spans that it would send with the next batch. Nothing is sent twice.
 */
export class SdkExporterTransport extends AccountedTransport {
  readonly #options: SdkExporterTransportOptions;
  #exporter: SpanExporter | undefined;

  constructor(options: SdkExporterTransportOptions) {
    super(options.destination);
    this.#options = options;
  }

  protected async deliver(spans: readonly ReadableSpan[], tally: OutcomeTally, signal: AbortSignal): Promise<void> {
    try {
      const { code, error } = await this.#export([...spans], signal);
      if (code !== ExportResultCode.SUCCESS) throw error ?? new Error('the exporter gave no reason');
      tally.send(spans.length, 0);
    } catch (cause) {
      // Not waited for: the batch has its answer.
      void this.release();
      if (signal.aborted) throw cause;
      tally.drop('export_failed', spans.length, new ExporterFailedError(this.destination, cause));
    }
  }

  protected async release(): Promise<void> {
    const exporter = this.#exporter;
    this.#exporter = undefined;
    if (exporter === undefined) return;
    const timeout = { timeoutMillis: SHUTDOWN_TIMEOUT_MILLIS, host: this.#options.host };
    try {
      await withTimeout(exporter.shutdown(), { operation: 'the shutdown of an exporter', ...timeout });
    } catch {
      // exporter-jaeger rejects when its own flush timer wins.
    }
  }

  async #export(spans: ReadableSpan[], signal: AbortSignal): Promise<ExportResult> {
    const { createExporter, host, answerTimeoutMillis: timeoutMillis } = this.#options;
    this.#exporter ??= createExporter();
    const exporter = this.#exporter;
    const answer = new Promise<ExportResult>((resolve) => exporter.export(spans, resolve));
    return withTimeout(untilAborted(answer, signal), { operation: 'the export', timeoutMillis, host });
  }
}
