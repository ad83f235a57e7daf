import type { PropagatorName } from '../context/propagatorName.ts';
import type { ExporterConfig } from '../export/exporterConfig.ts';
import type { LogLibrary } from '../logs/logLibrary.ts';
import type { SamplerConfig } from '../sampling/samplerConfig.ts';

/**
 * A complete, checked configuration: what `parseTracingConfig` makes of all sources. See `TracingOptions` for ranges.
 * Shown by `util.inspect` or as JSON, it gives no secret away.
 */
export interface TracingConfig {
  readonly serviceName: string;
  /** Without `service.name`. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
  /** Where spans go; `undefined` where they go nowhere (`none`). */
  readonly exporter: ExporterConfig | undefined;
  readonly batch: BatchLimits;
  readonly spanLimits: SpanLimitsConfig;
  readonly sampler: SamplerConfig;
  readonly propagators: readonly PropagatorName[];
  /** Names that the runtime knows, and names of packages. */
  readonly instrumentations: readonly string[];
  readonly logCorrelation: readonly LogLibrary[];
  readonly ignoreIncomingPaths: readonly string[];
  /** Path of the file that a crash is recorded in; `undefined` for none. */
  readonly crashRecordFile: string | undefined;
  readonly shutdownTimeoutMillis: number;
  readonly handleSignals: boolean;
}

/** Limits of the queue of finished spans, all of them set. See `BatchOptions` for ranges. */
export interface BatchLimits {
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
  readonly scheduledDelayMillis: number;
  readonly exportTimeoutMillis: number;
}

/** What one span may hold, all limits set. See `SpanLimitOptions` for ranges. */
export interface SpanLimitsConfig {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
  readonly eventCountLimit: number;
  readonly linkCountLimit: number;
}
