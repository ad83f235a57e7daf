import { Buffer } from 'node:buffer';
import { cutText } from './redaction.ts';

/** V8 copies what is cut out of a text up to this length, and keeps the whole text for what is longer. */
const COPIED_LENGTH = 12;

/**
 * A text of at most `maxLength` characters that keeps nothing else alive: what is cut out of a text holds on to all of it,
 * so that a name out of a body of ten megabytes would keep ten megabytes. Half a surrogate pair becomes U+FFFD.
 */
export function ownText(text: string, maxLength: number): string {
  const cut = cutText(text, maxLength);
  return cut.length <= COPIED_LENGTH ? cut : Buffer.from(cut).toString();
}
