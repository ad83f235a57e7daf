import { cutText } from '../core/redaction.ts';

/** Control characters but for tab and line feed, and those that turn the direction of a text around. */
const HARMFUL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
/** What nearly all texts are made of, and needs no cleaning. */
const HARMLESS = /^[ -~]*$/;

/** A name that somebody else gave: on one line, without what would change how the rest of the page reads, at most so long. */
export function shownName(text: string, maxLength: number): string {
  const kept = cutText(text, maxLength);
  if (HARMLESS.test(kept)) return kept;
  return kept
    .replaceAll(/[\u2028\u2029]/g, ' ')
    .replaceAll(HARMFUL, '\ufffd')
    .toWellFormed();
}

/**
 * A value that somebody else gave, whose lines stay; a text that is cut says how long it was.
 *
 * @param wholeLength - of the text before something else cut it @defaultValue that of the text
 */
export function shownValue(text: string, maxLength: number, wholeLength = text.length): string {
  const kept = text.length <= maxLength ? text : `${cutText(text, maxLength)} [cut, ${wholeLength} characters in all]`;
  if (HARMLESS.test(kept)) return kept;
  return kept
    .replaceAll('\r\n', '\n')
    .replaceAll(HARMFUL, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'))
    .toWellFormed();
}
