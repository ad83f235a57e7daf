import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { SpanTransport } from '../../../../runtime/src/tracing/export/spanTransport.ts';

/** Takes every batch and does nothing with it: what is left is the price of starting, ending and batching. */
export const discardingExporter: SpanExporter = {
  export: (_spans: unknown, done: (result: ExportResult) => void) => done({ code: ExportResultCode.SUCCESS }),
  shutdown: () => Promise.resolve(),
};

/** The same for the runtime. */
export const discardingTransport: SpanTransport = {
  destination: 'nowhere',
  send: (spans) => Promise.resolve({ sent: spans.length, dropped: {}, trimmed: 0 }),
  close: () => Promise.resolve(),
};
