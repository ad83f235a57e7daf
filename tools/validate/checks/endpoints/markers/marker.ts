import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { randomBytes } from 'node:crypto';

/** Name of the service that markers are of. */
export const markerService = 'tracewright-validate';

/** A span that is sent to see whether it arrives. */
export interface Marker {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** The format that it is sent in, which its operation is called. */
  readonly operation: string;
  /** When it began: milliseconds since 1970, a whole number. It lasts a millisecond. */
  readonly startMillis: number;
}

/** A marker with IDs that nobody has. */
export function createMarker(operation: string, nowMillis: number): Marker {
  return {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    operation,
    startMillis: Math.floor(nowMillis),
  };
}

/** A marker as a span of OpenTelemetry. */
export function toReadableSpan({ traceId, spanId, operation, startMillis }: Marker): ReadableSpan {
  const context = { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
  const attributes = { 'service.name': markerService };
  const resource: ReadableSpan['resource'] = {
    attributes,
    getRawAttributes: () => Object.entries(attributes),
    merge: () => resource,
  };
  const seconds = Math.floor(startMillis / 1000);
  const nanos = (startMillis % 1000) * 1e6;
  return {
    name: operation,
    kind: SpanKind.INTERNAL,
    spanContext: () => context,
    startTime: [seconds, nanos],
    endTime: nanos + 1e6 === 1e9 ? [seconds + 1, 0] : [seconds, nanos + 1e6],
    duration: [0, 1e6],
    status: { code: SpanStatusCode.UNSET },
    attributes: {},
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: { name: markerService },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
