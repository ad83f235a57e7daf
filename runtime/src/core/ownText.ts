import { ownCopy } from './ownCopy.ts';
import { cutText } from './redaction.ts';

/**
 * A text of at most `maxLength` characters that keeps nothing else alive: what is cut out of a text holds on to all of it,
 * so that a name out of a body of ten megabytes would keep ten megabytes. Half a surrogate pair becomes U+FFFD.
 */
export function ownText(text: string, maxLength: number): string {
  return ownCopy(cutText(text, maxLength)).toWellFormed();
}
