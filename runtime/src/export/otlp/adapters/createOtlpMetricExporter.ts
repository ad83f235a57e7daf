import { createRequire } from 'node:module';
import type * as OtlpMetrics from '@opentelemetry/exporter-metrics-otlp-proto';
import { AggregationTemporality, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { Secret } from '../../../core/secret.ts';

/** Where OTLP goes. */
export interface OtlpMetricExporterOptions {
  /**
   * With its path: `http://collector:4318/v1/metrics`.
   * @defaultValue what OTEL_EXPORTER_OTLP_METRICS_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT says, else localhost
   */
  readonly url?: string;
  /** Sent with every request. @defaultValue what OTEL_EXPORTER_OTLP_HEADERS says */
  readonly headers?: Readonly<Record<string, Secret>>;
  /** How long a request and its repetitions may take, in milliseconds. */
  readonly timeoutMillis: number;
}

/**
 * OpenTelemetry's exporter of metrics as OTLP over HTTP, as protobuf, loaded now: nobody pays for it who does not use it. It
 * asks for cumulative metrics, whatever the environment says: there are no others.
 */
export function createOtlpMetricExporter({
  url,
  headers,
  timeoutMillis,
}: OtlpMetricExporterOptions): PushMetricExporter {
  const require = createRequire(import.meta.url);
  // What `require` gives has no type; this is the module's own declaration.
  const { OTLPMetricExporter } = require('@opentelemetry/exporter-metrics-otlp-proto') as typeof OtlpMetrics;
  return new OTLPMetricExporter({
    temporalityPreference: AggregationTemporality.CUMULATIVE,
    timeoutMillis,
    concurrencyLimit: 1,
    ...(url !== undefined && { url }),
    ...(headers && {
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()])),
    }),
  });
}
