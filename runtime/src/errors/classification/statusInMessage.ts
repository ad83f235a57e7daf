import { REASON_PHRASES } from './tables/reasonPhrases.ts';

const LOOKED_AT_LENGTH = 300;
const PHRASE = REASON_PHRASES.map(capitalised).join('|');
/** Not that many of something. */
const NO_QUANTITY = String.raw`\b(?!\.\d)(?! ?(?:ms|items|rows|bytes|characters)\b)`;

/** Most messages have none, and need not be read three times. */
const STATUS = /[45]\d\d/;

/** `HTTP 503`, `status code 500`: what follows can be nothing else. */
const NAMED = new RegExp(
  String.raw`\b(?:HTTP[ /:-]{1,2}|HTTP-Code: |status(?: ?code)?(?: of)?[ :=]{1,2}|server response: )([45]\d\d)${NO_QUANTITY}`,
  'i',
);
/** `answered 503`, `responded with 404 for …`; but `returned 450 orders`, `failed with 450 left`. */
const ANSWERED = new RegExp(
  String.raw`\b(?:(?:respond|answer|return|repli)ed(?: with)?|failed with)(?: code)?[ :]{1,2}([45]\d\d)(?!\.\d)(?=$|[^\w ]| (?:after|and|at|but|by|for|from|in|on|to|when|while)\b| (?:${PHRASE})\b)`,
);
/** `503 Service Unavailable`, at the beginning or behind what is said of it: a bare number is any. */
const EXPLAINED = new RegExp(String.raw`(?:^|[:(-] ?)([45]\d\d) (?:${PHRASE})\b`);

/**
 * The HTTP status, 400 to 599, that the beginning of a message says that somebody answered. A number is taken for one only where
 * words say so: `404 users were skipped` has none.
 */
export function statusInMessage(message: string): number | undefined {
  const text = message.slice(0, LOOKED_AT_LENGTH);
  if (!STATUS.test(text)) return undefined;
  const found = NAMED.exec(text) ?? ANSWERED.exec(text) ?? EXPLAINED.exec(text);
  return found === null ? undefined : Number(found[1]);
}

/** However a phrase is spelt behind its first letter. */
function capitalised(phrase: string): string {
  const rest = phrase.slice(1).replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return phrase.charAt(0) + rest;
}
