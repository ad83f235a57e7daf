import { REDACTED } from '../redaction.ts';
import { isSensitiveKey } from '../sensitiveKey.ts';
import { type BuiltInTextRule, patternRule } from './builtInTextRule.ts';
import { isHarmlessValue } from './harmlessValues.ts';
import { isAboutSecret } from './noSecret.ts';
import { SIGN } from './textSigns.ts';
import { startsAt } from './values.ts';

const SEPARATOR = String.raw`\\{0,7}["']?\s?(?:=>|[:=])\s?`;

/** What comes before a value: forms, validators and archives call it so. */
const VALUE_KEY = new RegExp(String.raw`(?:value|\binput|\bdata)${SEPARATOR}(?=\\{0,7}["']|\d)`, 'gi');

/** What is in the quotes, or a number. */
const VALUE = /\\{1,7}["']([^"'\\\r\n]*)|(["'])((?:(?!\2)[^\\\r\n]|\\[^\r\n])*)|(\d[\w.-]{0,64})/y;

/** What says which field the value is of; the parts of a path may be in a list. */
const NAME = new RegExp(
  String.raw`\b(?:(?:name|key|field|path|param|parameter|header|property|label|id|attribute|loc)${SEPARATOR}` +
    String.raw`(?:\\{0,7}["']([\w.[\]-]{2,64})\\{0,7}["']|([[(][^\])]{1,128}))|(?:instancePath|dataPath|pointer)${SEPARATOR}\\{0,7}["']([\w./#-]{2,64}))`,
  'gi',
);

/** `{ name: 'password', value: '…' }`, in whatever order, with whatever is between them in the same object. */
const NAMED_VALUE: BuiltInTextRule = {
  name: 'named-value',
  signs: SIGN.QUOTE | SIGN.SEPARATOR,
  redact: (text) => (/value|input|data/i.test(text) ? redactNamedValues(text) : text),
};

function redactNamedValues(text: string): string {
  const names = placesOfNames(text);
  if (names.length === 0) return text;
  let redacted = '';
  let from = 0;
  /** How many names are before the value. */
  let before = 0;
  VALUE_KEY.lastIndex = 0;
  for (let found = VALUE_KEY.exec(text); found !== null; found = VALUE_KEY.exec(text)) {
    const at = found.index + found[0].length;
    const read = startsAt(VALUE, text, at);
    const value = read?.[1] ?? read?.[3] ?? read?.[4] ?? '';
    if (read === null || isHarmlessValue(value)) continue;
    const end = at + read[0].length;
    while ((names[before] ?? end) < at) before += 1;
    let behind = before;
    while ((names[behind] ?? end) < end) behind += 1;
    if (!isBesideName(text, found.index - 1, -1, names, before - 1) && !isBesideName(text, end, 1, names, behind))
      continue;
    redacted += text.slice(from, end - value.length) + REDACTED;
    from = end;
    VALUE_KEY.lastIndex = end;
  }
  return from === 0 ? text : redacted + text.slice(from);
}

/** Where the names begin that are sensitive. */
function placesOfNames(text: string): readonly number[] {
  const places: number[] = [];
  for (const { index, 1: name, 2: path, 3: pointer } of text.matchAll(NAME)) {
    const key = name ?? path ?? pointer ?? '';
    if (isSensitiveKey(key) && !isAboutSecret(key)) places.push(index);
  }
  return places;
}

/** As far as an object is read in either direction: from each value in a text, and many may have one. */
const MOST_SIBLINGS = 320;

const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Whether in the object that has a place one of the names follows, in a direction, and not in an object within it. */
function isBesideName(text: string, start: number, step: 1 | -1, names: readonly number[], nextName: number): boolean {
  const into = step === 1 ? OPEN : CLOSE;
  const outOf = step === 1 ? CLOSE : OPEN;
  const limit = Math.min(text.length, start + MOST_SIBLINGS);
  let next = nextName;
  let depth = 0;
  for (let at = start; at >= 0 && at < limit && at > start - MOST_SIBLINGS; at += step) {
    const code = text.charCodeAt(at);
    if (at === names[next]) {
      if (depth === 0) return true;
      next += step;
    } else if (code === into) depth += 1;
    else if (code === outOf) {
      depth -= 1;
      if (depth < 0) return false;
    } else if (depth === 0 && isOfElement(code, text, at)) return false;
  }
  return false;
}

/** Elements of HTML have their values within themselves; `=>` is none. */
function isOfElement(code: number, text: string, at: number): boolean {
  return code === 0x3c || (code === 0x3e && text.charAt(at - 1) !== '=');
}

/** `- name: DB_PASSWORD` and `value: …` on the next line, as Kubernetes has the environment of a container. */
const NAMED_LINE = patternRule({
  name: 'named-line',
  signs: SIGN.COLON,
  oneOf: ['value:'],
  pattern:
    /(\b(?:name|key): {0,4}(["']?)([\w.-]{2,64})\2[ \t]{0,4}\r?\n[ \t]{0,32}value: {0,4})("[^"\r\n]{0,1024}"?|'[^'\r\n]{0,1024}'?|[^\s"'][^\r\n]{0,1024})/g,
  replace: (found, head = '', _quote, name = '', value = '') => {
    if (!isSensitiveKey(name) || isAboutSecret(name) || isHarmlessValue(value)) return found;
    const quote = /^["']/.exec(value)?.[0] ?? '';
    return head + quote + REDACTED + quote;
  },
});

/** Values that stand beside the name of what they are. */
export const NAMED_VALUE_RULES: readonly BuiltInTextRule[] = [NAMED_VALUE, NAMED_LINE];
