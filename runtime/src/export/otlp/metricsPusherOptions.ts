import { AggregationTemporality, InstrumentType, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { FUNCTION, type OptionKind, type OptionKinds, recordOf, wholeNumber } from '../../core/optionKinds.ts';
import type { ProcessResource } from '../../core/processResource.ts';
import { Secret } from '../../core/secret.ts';
import { RESOURCE_KIND } from '../resourceKind.ts';

/** Where metrics are pushed to, and how often. */
export interface MetricsPusherOptions {
  /**
   * Takes the metrics; it must take cumulative ones. It is shut down with the pusher.
   * @defaultValue OpenTelemetry's for OTLP over HTTP, as protobuf
   */
  readonly exporter?: PushMetricExporter;
  /**
   * Of the exporter that is the default, where it sends to, with the path: `http://collector:4318/v1/metrics`.
   * @defaultValue what OpenTelemetry's environment variables say, else localhost
   */
  readonly url?: string;
  /** Of the exporter that is the default, what it sends with every request. @defaultValue what the environment says */
  readonly headers?: Readonly<Record<string, Secret>>;
  /**
   * What the process is: OpenTelemetry's resource, or attributes alone. Values are redacted whose keys say that they are
   * secrets.
   * @defaultValue that of the source: of what `createObservability` made, that of the spans; else OpenTelemetry's default resource
   */
  readonly resource?: ProcessResource;
  /**
   * How often metrics are pushed, in milliseconds, 100 to 3,600,000.
   * @defaultValue 60_000
   */
  readonly intervalMillis?: number;
  /**
   * How long a push may take, collecting included, in milliseconds, 1 to 600,000.
   * @defaultValue 10_000
   */
  readonly timeoutMillis?: number;
  /**
   * Gets what goes wrong.
   * @defaultValue a warning, at most once a minute
   */
  readonly onError?: (error: Error) => void;
}

const URL_KIND: OptionKind = {
  allowed: 'an absolute URL that begins with http:// or https://',
  accepts: (value) => typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  // It may have a password in it.
  shown: (value) => (typeof value === 'string' ? `a text of ${value.length} characters` : typeof value),
};

/** What each option may be. */
export const METRICS_PUSHER_OPTION_KINDS: OptionKinds<MetricsPusherOptions> = {
  exporter: {
    allowed: "one of OpenTelemetry's exporters of metrics that takes cumulative ones",
    accepts: isCumulativeExporter,
    shown: () => 'one that does not',
  },
  url: URL_KIND,
  headers: recordOf({ allowed: 'a Secret', accepts: (value) => value instanceof Secret }, 'an object of secrets'),
  resource: RESOURCE_KIND,
  intervalMillis: wholeNumber(100, 3_600_000),
  timeoutMillis: wholeNumber(1, 600_000),
  onError: FUNCTION,
};

function isCumulativeExporter(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('export' in value) || typeof value.export !== 'function')
    return false;
  if (!('selectAggregationTemporality' in value) || typeof value.selectAggregationTemporality !== 'function')
    return true;
  const preferred: unknown = Reflect.apply(value.selectAggregationTemporality, value, [InstrumentType.COUNTER]);
  return preferred === AggregationTemporality.CUMULATIVE;
}
