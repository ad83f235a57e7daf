import {
  type Attributes,
  type HrTime,
  INVALID_SPAN_CONTEXT,
  type Link,
  type SpanContext,
  SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TraceState,
} from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { UNREADABLE } from '../../core/redaction.ts';
import { attributeText } from './attributeText.ts';

type Event = ReadableSpan['events'][number];
type Scope = ReadableSpan['instrumentationScope'];

const NO_TIME: HrTime = [0, 0];

/**
 * A copy of a span whose attributes are texts, numbers and booleans only, and which can be read again and again at no risk;
 * never throws. Where reading the span throws, a text says so, or the part is missing.
 */
export function copySpan(span: ReadableSpan): ReadableSpan {
  const context = guarded(() => copyContext(span.spanContext()), INVALID_SPAN_CONTEXT);
  const parent = guarded(() => span.parentSpanContext && copyContext(span.parentSpanContext), undefined);
  const startTime = guarded(() => copyTime(span.startTime), NO_TIME);
  return {
    name: guarded(() => attributeText(span.name), UNREADABLE),
    kind: guarded(() => span.kind, SpanKind.INTERNAL),
    spanContext: () => context,
    ...(parent !== undefined && { parentSpanContext: parent }),
    startTime,
    endTime: guarded(() => copyTime(span.endTime), startTime),
    duration: guarded(() => copyTime(span.duration), NO_TIME),
    ended: true,
    status: guarded(() => copyStatus(span.status), { code: SpanStatusCode.UNSET }),
    attributes: copyAttributes(() => span.attributes),
    links: guarded(() => span.links.flatMap(copyLink), []),
    events: guarded(() => span.events.map(copyEvent), []),
    resource: span.resource,
    instrumentationScope: guarded(() => copyScope(span.instrumentationScope), { name: '' }),
    droppedAttributesCount: guarded(() => numberOf(span.droppedAttributesCount), 0),
    droppedEventsCount: guarded(() => numberOf(span.droppedEventsCount), 0),
    droppedLinksCount: guarded(() => numberOf(span.droppedLinksCount), 0),
  };
}

/** A copy of attributes with nothing in it but texts, numbers and booleans; never throws. */
export function copyAttributes(read: () => Attributes | undefined): Attributes {
  const attributes = guarded(read, undefined) ?? {};
  const names = guarded(() => Object.keys(attributes), []);
  const copies = names.map((name): [string, unknown] => [name, guarded(() => copyValue(attributes[name]), UNREADABLE)]);
  return Object.fromEntries(copies.filter(([, value]) => value !== undefined));
}

function copyValue(value: unknown): unknown {
  return value === undefined || typeof value === 'number' || typeof value === 'boolean' ? value : attributeText(value);
}

function copyContext(context: SpanContext): SpanContext {
  const { traceId, spanId, traceFlags, isRemote } = context;
  const traceState = guarded(() => copyTraceState(context.traceState), undefined);
  return {
    traceId: identifier(traceId),
    spanId: identifier(spanId),
    traceFlags: numberOf(traceFlags),
    ...(isRemote === true && { isRemote }),
    ...(traceState !== undefined && { traceState }),
  };
}

/** The text is all that a writer asks for, also one that W3C does not allow. */
function copyTraceState(traceState: TraceState | undefined): TraceState | undefined {
  const text = traceState?.serialize();
  if (!text) return undefined;
  const serialized = attributeText(text);
  const copy: TraceState = { serialize: () => serialized, get: () => undefined, set: () => copy, unset: () => copy };
  return copy;
}

function identifier(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function copyTime([seconds, nanos]: HrTime): HrTime {
  return [numberOf(seconds), numberOf(nanos)];
}

function copyStatus({ code, message }: SpanStatus): SpanStatus {
  return { code, ...(message !== undefined && { message: attributeText(message) }) };
}

function copyScope({ name, version }: Scope): Scope {
  return { name: attributeText(name), ...(version !== undefined && { version: attributeText(version) }) };
}

/** A link whose context cannot be read leads nowhere: it is left out. */
function copyLink(link: Link): readonly Link[] {
  const context = guarded(() => copyContext(link.context), undefined);
  if (context === undefined) return [];
  const droppedAttributesCount = guarded(() => numberOf(link.droppedAttributesCount), 0);
  return [{ context, attributes: copyAttributes(() => link.attributes), droppedAttributesCount }];
}

function copyEvent(event: Event): Event {
  return {
    name: guarded(() => attributeText(event.name), UNREADABLE),
    time: guarded(() => copyTime(event.time), NO_TIME),
    attributes: copyAttributes(() => event.attributes),
    droppedAttributesCount: guarded(() => numberOf(event.droppedAttributesCount), 0),
  };
}

function guarded<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
