import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** How many of a span's parts stay: the first attributes, the last events and links. */
export interface KeptParts {
  readonly attributes: number;
  readonly events: number;
  readonly links: number;
}

/** Makes a text shorter. */
export type Cut = (text: string) => string;

/**
 * A copy of a span with no more than these parts, and with every text of it cut: names, values, the status. What is left
 * out adds to the span's dropped counts. Events and links go from the front, as OpenTelemetry's SDK drops them at its own
 * limits: the event that tells of an exception is among the last.
 */
export function trimSpan(span: ReadableSpan, kept: KeptParts, cut: Cut): ReadableSpan {
  const { name: scope, version } = span.instrumentationScope;
  const attributes = trimAttributes(span.attributes, kept.attributes, cut);
  const { message } = span.status;
  return {
    ...span,
    name: cut(span.name),
    status: { code: span.status.code, ...(message !== undefined && { message: cut(message) }) },
    instrumentationScope: { name: cut(scope), ...(version !== undefined && { version: cut(version) }) },
    attributes,
    events: lastOf(span.events, kept.events).map((event) => ({ ...trimPart(event, cut), name: cut(event.name) })),
    links: lastOf(span.links, kept.links).map((link) => trimPart(link, cut)),
    droppedAttributesCount:
      span.droppedAttributesCount + Object.keys(span.attributes).length - Object.keys(attributes).length,
    droppedEventsCount: span.droppedEventsCount + span.events.length - kept.events,
    droppedLinksCount: span.droppedLinksCount + span.links.length - kept.links,
  };
}

/** The first attributes, with texts cut; names that become the same by that leave one attribute. */
export function trimAttributes(attributes: Attributes, count: number, cut: Cut): Attributes {
  const kept = Object.entries(attributes).slice(0, count);
  return Object.fromEntries(kept.map(([name, value]) => [cut(name), typeof value === 'string' ? cut(value) : value]));
}

function trimPart<Part extends { attributes?: Attributes }>(part: Part, cut: Cut): Part {
  const { attributes } = part;
  return attributes === undefined ? part : { ...part, attributes: trimAttributes(attributes, Infinity, cut) };
}

function lastOf<Part>(parts: readonly Part[], count: number): Part[] {
  return parts.slice(parts.length - count);
}
