import { REDACTED } from '../redaction.ts';
import { isCardNumber } from './checkedNumbers.ts';
import type { BuiltInTextRule } from './builtInTextRule.ts';
import { SIGN } from './textSigns.ts';

/** Digits, all together or in groups, of which some may be of a card: a date or an order's number may stand before it. */
const DIGITS = /\d(?:[ \u00a0.-]?\d){12,}/g;

/** What no card is without: most digits are those of times and places. */
const MAY_HAVE_CARD =
  /[2-68]\d{12}|[2-68]\d{3}([ \u00a0.-])\d{4}\1?\d{4}\1?\d|[2-68]\d{3}(?:([ \u00a0-])\d{8}\2|\d{4}([ \u00a0-])\d{4}\3)\d{4}|3\d{3}([ \u00a0-])\d{6}\4\d{4}/;

/** Numbers of payment cards, by how their issuers number and write them and by their check digit. */
export const CARD_RULE: BuiltInTextRule = {
  name: 'payment-card',
  signs: SIGN.DIGITS,
  redact: (text) =>
    text.replace(DIGITS, (digits: string, at: number) =>
      MAY_HAVE_CARD.test(digits) ? withoutCards(text, at, at + digits.length) : digits,
    ),
};

function withoutCards(text: string, start: number, end: number): string {
  // `%20`, before a number in a URL, ends in a digit.
  const escaped = text.charAt(start - 1) === '%' ? cardsReplaced(text, start + 2, end) : undefined;
  if (escaped !== undefined) return text.slice(start, start + 2) + escaped;
  return cardsReplaced(text, start, end) ?? text.slice(start, end);
}

interface Group {
  readonly start: number;
  readonly end: number;
}

const MOST_GROUPS = 5;

/** What a text has from `start` to `end`, digits alone, without cards; `undefined` where there is none. */
function cardsReplaced(text: string, start: number, end: number): string | undefined {
  const groups = [...text.slice(start, end).matchAll(/\d+/g)].map(({ 0: digits, index }): Group => {
    return { start: start + index, end: start + index + digits.length };
  });
  let redacted = '';
  let from = start;
  for (let index = canCardFollow(text, start) ? 0 : 1; index < groups.length; index += 1) {
    const cardEnd = endOfCard(text, groups.slice(index, index + MOST_GROUPS));
    if (cardEnd === undefined) continue;
    redacted += text.slice(from, groups[index]?.start) + REDACTED;
    from = cardEnd;
    while ((groups[index]?.end ?? cardEnd) < cardEnd) index += 1;
  }
  return from === start ? undefined : redacted + text.slice(from, end);
}

/** Where a card's number ends that begins with the first of the groups. */
function endOfCard(text: string, groups: readonly Group[]): number | undefined {
  const start = groups[0]?.start ?? 0;
  for (const { end } of groups.toReversed()) {
    const written = text.slice(start, end);
    if (!WRITTEN_AS_CARD.test(written) || CARD_GOES_ON.test(text.slice(end, end + 2))) continue;
    if (!isPartOfDecimal(text, start, end) && isCardNumber(written)) return end;
  }
  return undefined;
}

const WRITTEN_AS_CARD =
  /^(?:\d{13,19}|\d{4}([ \u00a0-])\d{4}\1\d{4}\1\d{1,7}(?:\1\d{1,3})?|\d{4}(?:\.\d{4}){3}|\d{4}(?:([ \u00a0-])\d{4}\2\d{8}|([ \u00a0-])\d{8}\3\d{4}|\d{4}([ \u00a0-])\d{4}\4\d{4})|3\d{3}([ \u00a0-])\d{6}\5\d{4,5})$/;

/** Not with the `n` of a BigInt. */
const CARD_GOES_ON = /^(?:[A-Za-mo-z0-9]|n[A-Za-z0-9])/;

/** Or of a version. */
function isPartOfDecimal(text: string, start: number, end: number): boolean {
  return /^\.\d$/.test(text.slice(end, end + 2)) || /\d\.$/.test(text.slice(Math.max(0, start - 2), start));
}

/** What is read of a word before a number. */
const LONGEST_WORD = 32;

/**
 * Not right behind what may be hexadecimal digits, as in the identifier of a trace, nor behind the point of a decimal number;
 * behind a word it may: `card4111…`.
 */
function canCardFollow(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LONGEST_WORD), at);
  if (/%[0-9A-Fa-f]{2}$/.test(before)) return true;
  if (before.endsWith('.')) return /[A-Za-z]\.$/.test(before);
  const word = /[A-Za-z]+$/.exec(before)?.[0] ?? '';
  return word === '' || (/[g-z]/i.test(word) && !/\d$/.test(before.slice(0, -word.length)));
}
