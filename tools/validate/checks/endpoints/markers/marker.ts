import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { randomBytes } from 'node:crypto';
import { readableSpan, resourceOf } from '../../../readableSpan.ts';

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
  return readableSpan({
    traceId,
    spanId,
    name: operation,
    kind: SpanKind.INTERNAL,
    startMillis,
    durationMillis: 1,
    attributes: {},
    resource: resourceOf({ 'service.name': markerService }),
  });
}
