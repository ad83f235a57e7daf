import { type Attributes, type HrTime, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { DecodedSpan, Tags, TagValue } from './decodedPacket.ts';

/**
 * What a packet has to say of a span, by OpenTelemetry's specification; for attributes that are texts, numbers, booleans,
 * or lists of them.
 */
export function expectedSpan(span: ReadableSpan): DecodedSpan {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? '0'.repeat(16),
    name: span.name.toWellFormed(),
    references: span.links.map(({ context }) => ({ type: 1, traceId: context.traceId, spanId: context.spanId })),
    flags: traceFlags & 1,
    startMicroseconds: microseconds(span.startTime),
    durationMicroseconds: microseconds(span.duration),
    tags: { ...expectedTags(span.attributes), ...ownTags(span) },
    logs: span.events.map(({ name, time, attributes = {} }) => ({
      microseconds: microseconds(time),
      fields: { event: name.toWellFormed(), ...expectedTags(attributes) },
    })),
  };
}

/** Attributes as they are decoded. */
export function expectedTags(attributes: Attributes): Tags {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, expectedValue(value)]));
}

function expectedValue(value: unknown): TagValue {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'number') return JSON.stringify(value);
  if (Number.isSafeInteger(value)) return BigInt(value);
  return Number.isFinite(value) ? value : String(value);
}

function ownTags({ kind, status, instrumentationScope: { name, version }, droppedEventsCount }: ReadableSpan): Tags {
  const tags: Record<string, TagValue | undefined> = {
    'span.kind': kind === SpanKind.INTERNAL ? undefined : SpanKind[kind].toLowerCase(),
    'otel.status_code': status.code === SpanStatusCode.UNSET ? undefined : SpanStatusCode[status.code],
    error: status.code === SpanStatusCode.ERROR ? true : undefined,
    'otel.status_description': status.code === SpanStatusCode.ERROR ? status.message?.toWellFormed() : undefined,
    'otel.scope.name': name,
    'otel.scope.version': version,
    'otel.library.name': name,
    'otel.library.version': version,
    'otel.dropped_events_count': BigInt(droppedEventsCount),
  };
  const told = Object.entries(tags).flatMap(([key, value]) => (value ? [[key, value] as const] : []));
  return Object.fromEntries(told);
}

function microseconds([seconds, nanos]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000n + BigInt(nanos) / 1000n;
}
