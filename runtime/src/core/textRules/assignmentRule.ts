import { REDACTED } from '../redaction.ts';
import type { BuiltInTextRule } from './builtInTextRule.ts';
import { keyBefore, sensitiveKeyBefore } from './keyBefore.ts';
import { isNoSecret } from './noSecret.ts';
import { SIGN } from './textSigns.ts';
import { startsAt, type Value, Values } from './values.ts';

/** What is between a key and its value, on one line. */
const SEPARATOR = /(=>|:=|={1,3}|:(?!:|\/\/))([ \t]{0,8})/g;

const REDACTED_BEFORE = /(?:[A-Za-z][\w-]{1,20} )?\[redacted\]/y;

/** `password=…`, `"apiKey": "…"`, `--token=…`, `:secret => '…'`, `API key provided: …`: whatever has a sensitive key. */
export const ASSIGNMENT_RULE: BuiltInTextRule = {
  name: 'sensitive-key',
  signs: SIGN.SEPARATOR,
  redact: redactAssignments,
};

/** A value is read only where its key is sensitive, and none twice: the time stays in proportion to the text. */
function redactAssignments(text: string): string {
  const values = new Values(text);
  let redacted = '';
  let from = 0;
  /** To where keys that say little are those of an object that is kept under a sensitive one. */
  let objectEnd = 0;
  SEPARATOR.lastIndex = 0;
  for (let found = SEPARATOR.exec(text); found !== null; found = SEPARATOR.exec(text)) {
    const [whole, separator = '', space = ''] = found;
    const start = found.index + whole.length;
    const sensitive = sensitiveKeyBefore(text, found.index, from);
    const key = sensitive ?? (start < objectEnd ? keyInObject(text, found.index, from) : undefined);
    if (key === undefined || startsAt(REDACTED_BEFORE, text, start) !== null) continue;
    if (separator !== '=' && start >= objectEnd && startsAt(OBJECT, text, start) !== null) {
      objectEnd = endOfObject(text, start);
      continue;
    }
    const read = values.at(start);
    // In what is no secret there may be other keys.
    if (
      read === undefined ||
      isNoSecret({
        key,
        separator,
        space,
        near: () => around(text, found.index),
        isKeyQuoted: isQuote(text, found.index),
        ...read,
      })
    )
      continue;
    redacted += text.slice(from, start) + inPlaceOf(read);
    from = start + read.value.length;
    SEPARATOR.lastIndex = from;
  }
  return from === 0 ? text : redacted + text.slice(from);
}

/** `password: { "hash": "…" }`: braces with keys in them. A value in braces has none, nor has an object anything before `=`. */
const OBJECT = /\{\s{0,64}\\{0,7}["']?[\w$-]{1,64}\\{0,7}["']?[ \t]{0,8}:/y;
const LONGEST_OBJECT = 1024;

function endOfObject(text: string, start: number): number {
  const end = text.slice(start, start + LONGEST_OBJECT).indexOf('}');
  return end === -1 ? Math.min(text.length, start + LONGEST_OBJECT) : start + end;
}

/** Keys that say nothing by themselves of what is kept under them. */
const KEYS_IN_OBJECT: ReadonlySet<string> = new Set(
  'v val value values hash salt raw plain plaintext text string data content current old new previous encrypted digest'.split(
    ' ',
  ),
);

function keyInObject(text: string, separatorAt: number, from: number): string | undefined {
  const key = keyBefore(text, separatorAt, from);
  return KEYS_IN_OBJECT.has(key.toLowerCase()) ? key : undefined;
}

function isQuote(text: string, separatorAt: number): boolean {
  return '"\'`;'.includes(text.charAt(separatorAt - 1));
}

/** What is near enough to say what a key is about, on the same line. */
const NEAR = 48;

function around(text: string, at: number): string {
  const before = /[^\r\n]*$/.exec(text.slice(Math.max(0, at - NEAR), at))?.[0] ?? '';
  return before + (/^[^\r\n]*/.exec(text.slice(at, at + NEAR))?.[0] ?? '');
}

/** `"x"` becomes `"[redacted]"`, a list `[redacted]`, and a full stop stays where it is. */
function inPlaceOf({ value, isEnclosed }: Value): string {
  if (!isEnclosed) return value.endsWith('.') ? `${REDACTED}.` : REDACTED;
  const quote = OPENING_QUOTE.exec(value)?.[0] ?? '';
  const end = quote.replace(/^[A-Za-z]+/, '');
  return quote + REDACTED + (value.length > quote.length && value.endsWith(end) ? end : '');
}

const OPENING_QUOTE = /^(?:[A-Za-z]{0,2}["'`]|\\+(?:["'`]|u002[27])|&(?:quot|apos|#34|#39);)/;
