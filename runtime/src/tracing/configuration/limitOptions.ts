/** Limits of the queue of finished spans. Defaults are OpenTelemetry's. */
export interface BatchOptions {
  /**
   * How many finished spans wait at most; more are dropped. 1 to 1000000.
   *
   * Environment: `OTEL_BSP_MAX_QUEUE_SIZE`, `JAEGER_REPORTER_MAX_QUEUE_SIZE`.
   * @defaultValue 2048
   */
  readonly maxQueueSize?: number;
  /**
   * How many spans leave at once at most: 1 to `maxQueueSize`.
   *
   * Environment: `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`.
   * @defaultValue 512, or `maxQueueSize` where that is smaller
   */
  readonly maxExportBatchSize?: number;
  /**
   * How long a span waits at most before it leaves, in milliseconds: 1 to 600000.
   *
   * Environment: `OTEL_BSP_SCHEDULE_DELAY`, `JAEGER_REPORTER_FLUSH_INTERVAL`.
   * @defaultValue 5000
   */
  readonly scheduledDelayMillis?: number;
  /**
   * How long the export of one batch may take, in milliseconds: 1 to 600000.
   *
   * Environment: `OTEL_EXPORTER_OTLP_TRACES_TIMEOUT` and `OTEL_EXPORTER_OTLP_TIMEOUT` with OTLP, then
   * `OTEL_BSP_EXPORT_TIMEOUT`.
   * @defaultValue 30000
   */
  readonly exportTimeoutMillis?: number;
}

/** What one span may hold; more is left out and counted on the span. */
export interface SpanLimitOptions {
  /**
   * Attributes of a span: 0 to 100000.
   *
   * Environment: `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT`, `OTEL_ATTRIBUTE_COUNT_LIMIT`.
   * @defaultValue 128
   */
  readonly attributeCountLimit?: number;
  /**
   * Characters of a text attribute, the rest is cut off: 1 to 10000000.
   *
   * Environment: `OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`.
   * @defaultValue 16384
   */
  readonly attributeValueLengthLimit?: number;
  /**
   * Events of a span: 0 to 100000.
   *
   * Environment: `OTEL_SPAN_EVENT_COUNT_LIMIT`.
   * @defaultValue 128
   */
  readonly eventCountLimit?: number;
  /**
   * Links of a span: 0 to 100000.
   *
   * Environment: `OTEL_SPAN_LINK_COUNT_LIMIT`.
   * @defaultValue 128
   */
  readonly linkCountLimit?: number;
}
