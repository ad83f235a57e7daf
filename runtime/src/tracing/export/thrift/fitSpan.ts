import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { CutCounter, WIDEST_MARKS } from './cutCounter.ts';
import { cutToBytes, TELLING_BYTES } from './cutToBytes.ts';
import { largestThatFits } from './largestThatFits.ts';
import { type KeptParts, trimSpan } from './trimSpan.ts';

/** What is left out when short texts do not help, in this order. */
const PARTS = ['events', 'links', 'attributes'] as const;

/**
 * Makes a span smaller until it fits, and marks it: all texts are cut to one length, the longest that fits. Where not even
 * {@link TELLING_BYTES} would help, events are left out, then links, then attributes, as few as possible, and texts get
 * the room that is left then. `undefined` when nothing helps.
 *
 * @param span - A copy, as `copySpan` makes it.
 * @param mostBytes - The longest length of texts that is tried.
 * @param fits - Whether a span fits; asked about twenty times.
 */
export function fitSpan(
  span: ReadableSpan,
  mostBytes: number,
  fits: (span: ReadableSpan) => boolean,
): ReadableSpan | undefined {
  const tryWith = (kept: KeptParts, textBytes: number): boolean => {
    const trimmed = trimSpan(span, kept, (text) => cutToBytes(text, textBytes));
    return fits({ ...trimmed, attributes: { ...trimmed.attributes, ...WIDEST_MARKS } });
  };
  const kept = keptParts(span, (parts) => tryWith(parts, TELLING_BYTES));
  const textBytes = largestThatFits(mostBytes, (bytes) => tryWith(kept, bytes));
  return textBytes === undefined ? undefined : markedSpan(span, kept, textBytes);
}

function keptParts(span: ReadableSpan, fits: (parts: KeptParts) => boolean): KeptParts {
  const all = {
    events: span.events.length,
    links: span.links.length,
    attributes: Object.keys(span.attributes).length,
  };
  return PARTS.reduce((kept, part) => {
    const count = largestThatFits(kept[part], (number) => fits({ ...kept, [part]: number }));
    return { ...kept, [part]: count ?? 0 };
  }, all);
}

function markedSpan(span: ReadableSpan, kept: KeptParts, textBytes: number): ReadableSpan {
  const counter = new CutCounter(textBytes);
  const trimmed = trimSpan(span, kept, counter.cut);
  return { ...trimmed, attributes: { ...trimmed.attributes, ...counter.marks() } };
}
