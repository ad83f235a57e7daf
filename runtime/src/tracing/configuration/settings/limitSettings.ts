import type { Setting, SettingWithDefault } from './setting.ts';
import { integer, jaegerDuration } from '../kinds/valueKinds.ts';

const MAX_QUEUE_SIZE = 1_000_000;
const MAX_MILLIS = 600_000;
const MAX_COUNT = 100_000;
const MAX_LENGTH = 10_000_000;

/** What `How.via` says where spans leave as OTLP. */
export const WITH_OTLP = 'otlp';

/** The setting `batch.maxQueueSize`. */
export const BATCH_MAX_QUEUE_SIZE: SettingWithDefault<number> = {
  option: 'batch.maxQueueSize',
  about: 'How many finished spans wait at most; more are dropped and counted.',
  kind: integer(1, MAX_QUEUE_SIZE),
  variables: ['OTEL_BSP_MAX_QUEUE_SIZE', 'JAEGER_REPORTER_MAX_QUEUE_SIZE'],
  fallback: 2048,
};

/** The setting `batch.maxExportBatchSize`. */
export const BATCH_MAX_EXPORT_BATCH_SIZE: Setting<number> = {
  option: 'batch.maxExportBatchSize',
  about: 'How many spans leave at once at most.',
  kind: integer(1, MAX_QUEUE_SIZE, 'a whole number from 1 to `batch.maxQueueSize`'),
  variables: ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE'],
  fallbackText: '512, or `batch.maxQueueSize` where that is smaller',
};

/** The setting `batch.scheduledDelayMillis`. */
export const BATCH_SCHEDULED_DELAY_MILLIS: SettingWithDefault<number> = {
  option: 'batch.scheduledDelayMillis',
  about: 'How long a span waits at most before it leaves, in milliseconds.',
  kind: integer(1, MAX_MILLIS),
  variables: [
    'OTEL_BSP_SCHEDULE_DELAY',
    {
      name: 'JAEGER_REPORTER_FLUSH_INTERVAL',
      kind: jaegerDuration(1, MAX_MILLIS),
      note: 'also with a unit: `500ms`, `1s`, `2m`',
    },
  ],
  fallback: 5000,
};

/** The setting `batch.exportTimeoutMillis`. */
export const BATCH_EXPORT_TIMEOUT_MILLIS: SettingWithDefault<number> = {
  option: 'batch.exportTimeoutMillis',
  about:
    'How long the export of one batch may take, in milliseconds. A request to a collector that nobody answers is given up ' +
    'after a third of it, and sent again.',
  kind: integer(1, MAX_MILLIS),
  variables: [
    { name: 'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', when: WITH_OTLP, note: 'with OTLP' },
    { name: 'OTEL_EXPORTER_OTLP_TIMEOUT', when: WITH_OTLP, note: 'with OTLP' },
    'OTEL_BSP_EXPORT_TIMEOUT',
  ],
  fallback: 30_000,
};

/** The setting `spanLimits.attributeCountLimit`. */
export const ATTRIBUTE_COUNT_LIMIT: SettingWithDefault<number> = {
  option: 'spanLimits.attributeCountLimit',
  about: 'Attributes of a span at most.',
  kind: integer(0, MAX_COUNT),
  variables: ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'OTEL_ATTRIBUTE_COUNT_LIMIT'],
  fallback: 128,
};

/** The setting `spanLimits.attributeValueLengthLimit`. */
export const ATTRIBUTE_VALUE_LENGTH_LIMIT: SettingWithDefault<number> = {
  option: 'spanLimits.attributeValueLengthLimit',
  about: 'Characters of a text attribute at most; the rest is cut off.',
  kind: integer(1, MAX_LENGTH),
  variables: ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT'],
  fallback: 16_384,
};

/** The setting `spanLimits.eventCountLimit`. */
export const EVENT_COUNT_LIMIT: SettingWithDefault<number> = {
  option: 'spanLimits.eventCountLimit',
  about: 'Events of a span at most.',
  kind: integer(0, MAX_COUNT),
  variables: ['OTEL_SPAN_EVENT_COUNT_LIMIT'],
  fallback: 128,
};

/** The setting `spanLimits.linkCountLimit`. */
export const LINK_COUNT_LIMIT: SettingWithDefault<number> = {
  option: 'spanLimits.linkCountLimit',
  about: 'Links of a span at most.',
  kind: integer(0, MAX_COUNT),
  variables: ['OTEL_SPAN_LINK_COUNT_LIMIT'],
  fallback: 128,
};

/** The setting `shutdownTimeoutMillis`. */
export const SHUTDOWN_TIMEOUT_MILLIS: SettingWithDefault<number> = {
  option: 'shutdownTimeoutMillis',
  about: 'How long `stop()` and `flush()` may take, in milliseconds.',
  kind: integer(1, MAX_MILLIS),
  variables: ['TRACEWRIGHT_SHUTDOWN_TIMEOUT_MILLIS'],
  fallback: 5000,
};
