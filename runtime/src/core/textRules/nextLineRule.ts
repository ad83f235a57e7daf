import { REDACTED } from '../redaction.ts';
import type { BuiltInTextRule } from './builtInTextRule.ts';
import { sensitiveKeyBefore } from './keyBefore.ts';
import { isNoSecret } from './noSecret.ts';
import { SIGN } from './textSigns.ts';
import { startsAt } from './values.ts';

/** A colon, perhaps what begins a block in YAML, and a next line that is indented. */
const LINE_END = /:[ \t]{0,4}([|>][+-]?\d?)?[ \t]{0,4}\r?\n([ \t]{1,32})(?=[^\s{])/g;

/** Something in quotes, a list of it, or one word, also behind a dash: more words are a sentence, and a next key has a colon. */
const VALUE =
  /(- |)(["'])([^"'\\\r\n]{1,4096})(?=\2)|(\[)([^\]{}]{1,1024})(?=\])|(- |)([^\s"'[{-]\S*(?<![:,;({[]))(?=[ \t]*(?:[\r\n]|$))/y;

const BLOCK_LINE = /[^\r\n]+(?:\r?\n|$)/y;

/**
 * `password:` and the value on the next line, as YAML may have it, and `util.inspect` and JSON that is set out where it is long.
 */
export const NEXT_LINE_RULE: BuiltInTextRule = {
  name: 'next-line',
  signs: SIGN.COLON,
  redact: (text) => (text.includes('\n') ? redactNextLines(text) : text),
};

function redactNextLines(text: string): string {
  let redacted = '';
  let from = 0;
  LINE_END.lastIndex = 0;
  for (let found = LINE_END.exec(text); found !== null; found = LINE_END.exec(text)) {
    const [whole, block, indent = ''] = found;
    const key = sensitiveKeyBefore(text, found.index, from);
    if (key === undefined) continue;
    const at = found.index + whole.length;
    const ranges = block === undefined ? valuesAt(text, at, key, indent) : [blockAt(text, at, indent)];
    for (const { start, end } of ranges) {
      redacted += text.slice(from, start) + REDACTED;
      from = end;
    }
    LINE_END.lastIndex = Math.max(from, at);
  }
  return from === 0 ? text : redacted + text.slice(from);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** One value, or those of a list with an item on each line. */
function valuesAt(text: string, first: number, key: string, indent: string): readonly Range[] {
  const ranges: Range[] = [];
  for (let at: number | undefined = first; at !== undefined;) {
    const read = startsAt(VALUE, text, at);
    if (read === null) break;
    const [whole, dash = '', quote = '', quoted, bracket = '', list, otherDash = '', word] = read;
    const value = quoted ?? list ?? word ?? '';
    const end: number = at + whole.length;
    if (!isNoSecret({ key, separator: ':', space: ' ', value, isEnclosed: word === undefined, near: () => '' }))
      ranges.push({ start: end - value.length, end });
    const item = dash === '' && otherDash === '' ? undefined : startOfItem(text, end + quote.length, indent);
    at = bracket === '' ? item : undefined;
  }
  return ranges;
}

function startOfItem(text: string, lineEnd: number, indent: string): number | undefined {
  const at = lineEnd + (startsAt(LINE_BREAK, text, lineEnd)?.[0].length ?? 0);
  return at > lineEnd && text.startsWith(`${indent}- `, at) ? at + indent.length : undefined;
}

const LINE_BREAK = /[ \t]{0,8}\r?\n/y;

/** Lines that are indented as the first is. */
function blockAt(text: string, start: number, indent: string): Range {
  let end = start;
  for (let at = start; ; at += indent.length) {
    const line = startsAt(BLOCK_LINE, text, at)?.[0] ?? '';
    end = Math.max(end, at + line.trimEnd().length);
    at += line.length;
    if (line === '' || !text.startsWith(indent, at)) return { start, end };
  }
}
