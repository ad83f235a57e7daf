import type { InstrumentationName } from '../instrumentationName.ts';

/** A complete, checked configuration: what `parseTracingConfig` makes of all sources. */
export interface TracingConfig {
  readonly serviceName: string;
  /** Without `service.name`. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
  readonly exporter: ExporterConfig;
  readonly batch: BatchLimits;
  readonly instrumentations: readonly InstrumentationName[];
  readonly ignoreIncomingPaths: readonly string[];
  readonly shutdownTimeoutMillis: number;
  readonly handleSignals: boolean;
}

/** The destination of spans. */
export type ExporterConfig =
  | { readonly kind: 'jaeger-agent'; readonly host: string; readonly port: number; readonly maxPacketBytes: number }
  | { readonly kind: 'jaeger-http'; readonly url: string }
  | { readonly kind: 'otlp'; readonly url: string };

/** Limits of the batch span processor, all of them set. See `BatchOptions` for ranges. */
export interface BatchLimits {
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
  readonly scheduledDelayMillis: number;
  readonly exportTimeoutMillis: number;
}
