import { SpanStatusCode, TraceFlags, type Attributes, type HrTime, type SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** The program that sends spans of its own: their instrumentation scope. */
const scope = 'tracewright-validate';

/** A span that has ended: the only one of its trace, and sampled. Times are milliseconds since 1970. */
export interface SpanFacts {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly startMillis: number;
  readonly durationMillis: number;
  readonly attributes: Attributes;
  readonly resource: ReadableSpan['resource'];
}

/** A resource of these attributes. */
export function resourceOf(attributes: Readonly<Record<string, string>>): ReadableSpan['resource'] {
  const resource: ReadableSpan['resource'] = {
    attributes,
    getRawAttributes: () => Object.entries(attributes),
    merge: () => resource,
  };
  return resource;
}

/** A span as exporters and encoders take it, without an SDK that would have made it. */
export function readableSpan({ traceId, spanId, startMillis, durationMillis, ...facts }: SpanFacts): ReadableSpan {
  const context = { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
  return {
    ...facts,
    spanContext: () => context,
    startTime: toHrTime(startMillis),
    endTime: toHrTime(startMillis + durationMillis),
    duration: toHrTime(durationMillis),
    status: { code: SpanStatusCode.UNSET },
    links: [],
    events: [],
    ended: true,
    instrumentationScope: { name: scope },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function toHrTime(millis: number): HrTime {
  return [Math.floor(millis / 1000), Math.round((millis % 1000) * 1e6)];
}
