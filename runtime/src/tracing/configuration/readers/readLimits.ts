import type { ExporterConfig } from '../../export/exporterConfig.ts';
import type { ConfigurationReader } from './configurationReader.ts';
import {
  ATTRIBUTE_COUNT_LIMIT,
  ATTRIBUTE_VALUE_LENGTH_LIMIT,
  BATCH_EXPORT_TIMEOUT_MILLIS,
  BATCH_MAX_EXPORT_BATCH_SIZE,
  BATCH_MAX_QUEUE_SIZE,
  BATCH_SCHEDULED_DELAY_MILLIS,
  EVENT_COUNT_LIMIT,
  LINK_COUNT_LIMIT,
  WITH_OTLP,
} from '../settings/limitSettings.ts';
import type { BatchLimits, SpanLimitsConfig } from '../tracingConfig.ts';

/** OpenTelemetry's own size of a batch. */
const USUAL_BATCH_SIZE = 512;

/** The limits of the queue. The timeout of an OTLP request is that of a batch: one request carries one batch. */
export function readBatch(reader: ConfigurationReader, exporter: ExporterConfig | undefined): BatchLimits {
  const isOtlp = exporter?.kind === 'otlp-http' || exporter?.kind === 'otlp-grpc';
  const maxQueueSize = reader.read(BATCH_MAX_QUEUE_SIZE);
  return {
    maxQueueSize,
    maxExportBatchSize: readBatchSize(reader, maxQueueSize),
    scheduledDelayMillis: reader.read(BATCH_SCHEDULED_DELAY_MILLIS),
    exportTimeoutMillis: reader.read(BATCH_EXPORT_TIMEOUT_MILLIS, { via: isOtlp ? WITH_OTLP : undefined }),
  };
}

function readBatchSize(reader: ConfigurationReader, maxQueueSize: number): number {
  const size = reader.readOr(BATCH_MAX_EXPORT_BATCH_SIZE, Math.min(USUAL_BATCH_SIZE, maxQueueSize));
  const given = size > maxQueueSize ? reader.peek(BATCH_MAX_EXPORT_BATCH_SIZE) : undefined;
  if (given !== undefined)
    reader.refuse(BATCH_MAX_EXPORT_BATCH_SIZE, given, {
      allowed: `a whole number from 1 to batch.maxQueueSize (${maxQueueSize})`,
    });
  return size;
}

/** What one span may hold. */
export function readSpanLimits(reader: ConfigurationReader): SpanLimitsConfig {
  return {
    attributeCountLimit: reader.read(ATTRIBUTE_COUNT_LIMIT),
    attributeValueLengthLimit: reader.read(ATTRIBUTE_VALUE_LENGTH_LIMIT),
    eventCountLimit: reader.read(EVENT_COUNT_LIMIT),
    linkCountLimit: reader.read(LINK_COUNT_LIMIT),
  };
}
