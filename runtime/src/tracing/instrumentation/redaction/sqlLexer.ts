/**
 * Where the lexical elements of SQL end: PostgreSQL's rules (chapter "Lexical Structure" of its manual), with what other
 * databases add where it is harmless to PostgreSQL. Every function takes the index at which an element begins and returns
 * the index after it; an element that is never closed ends with the text. All of them look at a character once.
 */

const QUOTE = 0x27;
const BACKSLASH = 0x5c;
const DOLLAR = 0x24;
const SLASH = 0x2f;
const STAR = 0x2a;
const DOT = 0x2e;

/** Space, tab, line feed, vertical tab, form feed, carriage return. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Letters, underscore, and whatever is not ASCII. */
export function isWordStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code >= 0x80;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

/** After a keyword or an identifier, which may hold dollar signs but not begin with one. */
export function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && (isWordPart(text.charCodeAt(at)) || text.charCodeAt(at) === DOLLAR)) at += 1;
  return at;
}

/**
 * After a number of any form: `42`, `.5`, `1.5e-3`, `0xFF`, `1_000`. What is glued to it goes with it: `1a` is no number
 * and no identifier.
 */
export function numberEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSign(code) ? !isExponent(text.charCodeAt(at - 1)) : !isWordPart(code) && code !== DOT) break;
    at += 1;
  }
  return at;
}

function isSign(code: number): boolean {
  return code === 0x2b || code === 0x2d;
}

function isExponent(code: number): boolean {
  return code === 0x45 || code === 0x65;
}

/**
 * After a string constant without escapes. Whether a backslash escapes the quote behind it depends on the server
 * (`standard_conforming_strings`) and on the database, which cannot be known here: from there on nothing can be told from
 * a literal any more, and all the rest is taken for one.
 */
export function plainStringEnd(text: string, open: number): number {
  const quote = text.charCodeAt(open);
  let at = open + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH && text.charCodeAt(at + 1) === quote) return text.length;
    if (code !== quote) at += 1;
    else if (text.charCodeAt(at + 1) === quote) at += 2;
    else return at + 1;
  }
  return text.length;
}

/** After a string constant with escapes, `E'…'`. */
export function escapeStringEnd(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 2;
    else if (code !== QUOTE) at += 1;
    else if (text.charCodeAt(at + 1) === QUOTE) at += 2;
    else return at + 1;
  }
  return text.length;
}

/** After a quoted identifier, in which the quote is doubled to stand for itself. */
export function quotedIdentifierEnd(text: string, open: number): number {
  const quote = text.charCodeAt(open);
  let at = open + 1;
  while (at < text.length) {
    if (text.charCodeAt(at) !== quote) at += 1;
    else if (text.charCodeAt(at + 1) === quote) at += 2;
    else return at + 1;
  }
  return text.length;
}

/** After a dollar-quoted string; `from` itself when no tag begins there, as in `$1`. */
export function dollarStringEnd(text: string, from: number): number {
  let at = from + 1;
  if (isDigit(text.charCodeAt(at))) return from;
  while (at < text.length && isWordPart(text.charCodeAt(at))) at += 1;
  if (text.charCodeAt(at) !== DOLLAR) return at < text.length ? from : text.length;
  const tag = text.slice(from, at + 1);
  const close = text.indexOf(tag, at + 1);
  return close === -1 ? text.length : close + tag.length;
}

/** After a comment to the end of the line. */
export function lineCommentEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) at += 1;
  return at;
}

/** After a block comment, which in PostgreSQL may hold others. */
export function blockCommentEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (code === SLASH && next === STAR) depth += 1;
    else if (code === STAR && next === SLASH) depth -= 1;
    else {
      at += 1;
      continue;
    }
    at += 2;
    if (depth === 0) return at;
  }
  return text.length;
}
