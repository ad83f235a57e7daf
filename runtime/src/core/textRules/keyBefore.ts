import { isSensitiveKey } from '../sensitiveKey.ts';
import { isAboutSecret } from './noSecret.ts';

const LONGEST_KEY = 128;
const SHORTEST_KEY = 3;

/** Words that people put between a key and a colon: `API key provided: …`. */
const BETWEEN: ReadonlySet<string> = new Set(['provided', 'given', 'supplied', 'received', 'used', 'is', 'was']);

/** Words of which those before say that they are secret: `API key`. */
const SECOND_WORD = /^(?:key|token|secret|code|number|phrase)$/i;
const FIRST_WORD =
  /(?<![A-Za-z])(?:api|access|secret|private|account|shared|master|signing|encryption|security|card|pass) $/i;
const LONGEST_FIRST_WORD = 12;

/** The word before a separator, perhaps in quotes or brackets, that begins behind `from`; it may be empty. */
export function keyBefore(text: string, separatorAt: number, from: number): string {
  const end = endOfKey(text, separatorAt, from);
  return text.slice(startOfWord(text, end, from), end);
}

/** The same where it is sensitive, alone or by the words before it: `API key provided`. Takes no longer for long texts. */
export function sensitiveKeyBefore(text: string, separatorAt: number, from: number): string | undefined {
  const end = endOfKey(text, separatorAt, from);
  const start = startOfWord(text, end, from);
  if (end - start < SHORTEST_KEY && text.charAt(start - 1) !== ' ') return undefined;
  const word = text.slice(start, end);
  if (BETWEEN.has(word) && text.charAt(start - 1) === ' ') return sensitiveWord(text, start - 1, from);
  return sensitiveWord(text, end, from);
}

function sensitiveWord(text: string, end: number, from: number): string | undefined {
  const start = startOfWord(text, end, from);
  // `-Dpassword=…` is a property of Java.
  const word = text.slice(text.startsWith('-D', start) ? start + 2 : start, end);
  if (isSensitiveKey(word)) return isAboutSecret(word) ? undefined : word;
  if (!SECOND_WORD.test(word)) return undefined;
  return FIRST_WORD.test(text.slice(Math.max(from, start - LONGEST_FIRST_WORD), start)) ? word : undefined;
}

/** What closes a bracket around a key, and an index or nothing in brackets behind it: `a[key]`, `key[]`, `key%5B0%5D`. */
const BRACKETS = /(?:\]|%5D)?(?:\[\d{0,3}\]|%5B\d{0,3}%5D){0,2}$/i;

function lengthOfBrackets(text: string, end: number, least: number): number {
  const last = text.charCodeAt(end - 1);
  if (last !== 0x5d && (last | 0x20) !== 0x64) return 0;
  return BRACKETS.exec(text.slice(least, end))?.[0].length ?? 0;
}

/** Quotation marks as HTML and JSON may write them, and what makes a word bold in Markdown. */
const MARK = /(?:&(?:quot|apos|#34|#39);|\\u002[27]|\*{1,2})$/;

function lengthOfMark(text: string, end: number, least: number): number {
  const last = text.charCodeAt(end - 1);
  if (last !== 0x3b && last !== 0x2a && last !== 0x32 && last !== 0x37) return 0;
  return MARK.exec(text.slice(Math.max(least, end - 6), end))?.[0].length ?? 0;
}

/** Before spaces, brackets, a quotation mark and the backslashes that escape it. */
function endOfKey(text: string, separatorAt: number, from: number): number {
  let at = separatorAt;
  const least = Math.max(from, at - 24);
  while (at > least && ' \t'.includes(text.charAt(at - 1))) at -= 1;
  at -= lengthOfBrackets(text, at, least);
  if (at > least && '"\'`'.includes(text.charAt(at - 1))) at -= 1;
  else at -= lengthOfMark(text, at, least);
  while (at > least && text.charAt(at - 1) === '\\') at -= 1;
  return at;
}

/** Behind its `%`, also as a URL in a URL writes it. */
const ESCAPED = /^(?:25){0,3}[0-9A-F]{2}/i;

function startOfWord(text: string, end: number, from: number): number {
  const least = Math.max(from, end - LONGEST_KEY);
  let at = end;
  while (at > least && isOfKey(text.charCodeAt(at - 1))) at -= 1;
  // `%5Bpin`: the digits are those of what is before the word.
  if (at > from && text.charAt(at - 1) === '%') return at + (ESCAPED.exec(text.slice(at, end))?.[0].length ?? 0);
  // `\u0022pin`: the digits are of the quotation mark.
  if (text.charAt(at - 1) === '\\' && /^u002[27]/.test(text.slice(at, at + 5))) return Math.min(end, at + 5);
  // The `n` of an escaped line break is none of the word.
  return at < end && text.charAt(at - 1) === '\\' && 'nrt'.includes(text.charAt(at)) ? at + 1 : at;
}

/** Letters and digits, `_`, `$` and `-`. */
function isOfKey(code: number): boolean {
  if (code < 0x30) return code === 0x2d || code === 0x24;
  if (code < 0x3a) return true;
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || code === 0x5f;
}
