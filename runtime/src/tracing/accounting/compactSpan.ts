import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace';
import { COPIED_LENGTH, ownCopy } from '../../core/ownCopy.ts';

/** What V8 needs for a span of the SDK without attributes, and for each part of one (measured, Node 24). */
const SPAN_BYTES = 1200;
const ENTRY_BYTES = 50;
const EVENT_BYTES = 250;
const LINK_BYTES = 110;
const CHARACTER_BYTES = 2;

/**
 * Makes an ended span hold no memory but its own, and estimates how much that is, in bytes and rather too high.
 *
 * V8 makes a piece of a string by pointing into the whole: an attribute that the SDK cut from 10 MB to 16 KB, or 100
 * characters that the application took of a request's body, would keep the whole alive for as long as the span waits.
 * So strings that may be pieces are replaced by equal copies, in place. The same is true of byte arrays. Never throws.
 */
export function compactSpan(span: ReadableSpan): number {
  try {
    return SPAN_BYTES + compactParts(span);
  } catch {
    // Somebody put a value into the span, past the SDK, that cannot be read. The transport says what becomes of the span.
    return SPAN_BYTES;
  }
}

function compactParts(span: ReadableSpan): number {
  const { name, status, events, links } = span;
  let bytes = compactAttributes(span.attributes);
  bytes += compactText(span, 'name', name) + compactText(status, 'message', status.message);
  if (events.length !== 0) bytes += compactEvents(events);
  if (links.length !== 0) bytes += compactLinks(links);
  return bytes;
}

/** Of what should be a text and may be anything: JavaScript has no types. */
function compactText(holder: object, key: PropertyKey, text: unknown): number {
  if (typeof text !== 'string') return 0;
  if (text.length > COPIED_LENGTH) replace(holder, key, ownCopy(text));
  return CHARACTER_BYTES * text.length;
}

function compactEvents(events: readonly TimedEvent[]): number {
  let bytes = 0;
  for (const event of events) {
    const { name, attributes } = event;
    bytes += EVENT_BYTES + compactText(event, 'name', name);
    if (attributes !== undefined) bytes += compactAttributes(attributes);
  }
  return bytes;
}

function compactLinks(links: ReadableSpan['links']): number {
  let bytes = 0;
  for (const { attributes } of links) {
    bytes += LINK_BYTES;
    if (attributes !== undefined) bytes += compactAttributes(attributes);
  }
  return bytes;
}

// On the path of every span: `for in` makes no list of the keys, and short strings are only measured.
function compactAttributes(attributes: Attributes): number {
  let bytes = 0;
  for (const key in attributes) {
    const value = attributes[key];
    bytes += ENTRY_BYTES + CHARACTER_BYTES * key.length;
    if (typeof value === 'string') {
      bytes += CHARACTER_BYTES * value.length;
      if (value.length > COPIED_LENGTH) replace(attributes, key, ownCopy(value));
    } else if (typeof value === 'object' && value !== null) bytes += compactNested(attributes, key, value);
  }
  return bytes;
}

// Without recursion: how deep the application nests its values is not to decide how deep the stack gets.
function compactNested(holder: object, key: PropertyKey, value: object): number {
  let bytes = 0;
  const waiting: object[] = [];
  const seen = new Set<object>();
  const visit = (container: object, entry: PropertyKey, found: unknown): void => {
    bytes += ENTRY_BYTES;
    if (typeof found === 'string') {
      bytes += CHARACTER_BYTES * found.length;
      replace(container, entry, ownCopy(found));
    } else if (found instanceof Uint8Array) {
      bytes += found.length;
      replace(container, entry, new Uint8Array(found));
    } else if (typeof found === 'object' && found !== null && !seen.has(found)) {
      seen.add(found);
      waiting.push(found);
    }
  };
  visit(holder, key, value);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const container = next;
    if (Array.isArray(container)) container.forEach((found, index) => visit(container, index, found));
    else for (const [entry, found] of Object.entries(container)) visit(container, entry, found);
  }
  return bytes;
}

// Not an assignment: what is inherited stays where it is, and what is frozen does not throw.
function replace(container: object, key: PropertyKey, value: unknown): void {
  if (Object.hasOwn(container, key)) Reflect.set(container, key, value);
}
