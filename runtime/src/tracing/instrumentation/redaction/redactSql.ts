import { LEFT_OUT } from './leftOut.ts';
import {
  blockCommentEnd,
  dollarStringEnd,
  escapeStringEnd,
  isDigit,
  isSpace,
  isWordStart,
  lineCommentEnd,
  numberEnd,
  plainStringEnd,
  quotedIdentifierEnd,
  wordEnd,
} from './sqlLexer.ts';

/** How many characters of a statement are looked at. What is behind them is left out. */
export const MAX_SQL_LENGTH = 16_384;

/** PostgreSQL cuts longer identifiers off, so whoever writes one means something else. */
const MAX_IDENTIFIER_LENGTH = 63;

/** Whose rules a statement follows: between double quotes PostgreSQL has an identifier, others may have a string. */
export type SqlDialect = 'postgresql' | 'unknown';

/**
 * A statement without its literals: strings in every notation, bit strings and numbers become `?`, comments go, white space
 * shrinks to one space. What names things stays: keywords, identifiers, operators, casts, parameters (`$1`). Wherever it
 * cannot be told whether something is a literal, it is taken for one. Takes time in proportion to the statement.
 *
 * @param sql - of any length, and any text: what is no SQL loses at least everything between quotes
 * @returns at most `MAX_SQL_LENGTH` characters, and an ellipsis where the statement was cut
 */
export function redactSql(sql: string, dialect: SqlDialect = 'postgresql'): string {
  const text = sql.length > MAX_SQL_LENGTH ? sql.slice(0, MAX_SQL_LENGTH) : sql;
  let redacted = '';
  // What stays is copied in long pieces: from here to the next thing that does not. A space behind such a thing does not
  // begin a piece, lest two of them meet around a comment.
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const end = keptEndAt(text, at, dialect);
    if (end > at && !(at === from && text[at] === ' ')) {
      at = end;
      continue;
    }
    redacted += text.slice(from, at);
    from = blankEndAt(text, at, dialect);
    if (from > at) redacted = endingWithSpace(redacted);
    else {
      from = literalEndAt(text, at, dialect);
      redacted += LEFT_OUT;
    }
    at = from;
  }
  redacted = (redacted + text.slice(from)).trim();
  return text.length < sql.length ? `${redacted} …` : redacted;
}

function endingWithSpace(text: string): string {
  return text.endsWith(' ') ? text : `${text} `;
}

/**
 * After a word, an identifier, a parameter, an operator or a lone space that begins here; `from` where what begins here
 * does not stay as it is.
 */
function keptEndAt(text: string, from: number, dialect: SqlDialect): number {
  const code = text.charCodeAt(from);
  if (isWordStart(code)) return isStringPrefix(text, from) ? from : wordEnd(text, from);
  if (isDigit(code)) return from;
  if (isSpace(code)) return text[from] === ' ' && !isSpace(text.charCodeAt(from + 1)) ? from + 1 : from;
  switch (text.charAt(from)) {
    case "'":
      return from;
    case '"':
      return dialect === 'unknown' ? from : identifierEndAt(text, from);
    case '`':
      return dialect === 'unknown' ? identifierEndAt(text, from) : from + 1;
    case '$':
      return dollarStringEnd(text, from) > from ? from : wordEnd(text, from + 1);
    case '.':
      return isDigit(text.charCodeAt(from + 1)) ? from : from + 1;
    default:
      return blankEndAt(text, from, dialect) > from ? from : from + 1;
  }
}

function identifierEndAt(text: string, from: number): number {
  const end = quotedIdentifierEnd(text, from);
  return end - from > MAX_IDENTIFIER_LENGTH + 2 ? from : end;
}

/** After the white space or the comment that begins here; `from` where none does. */
function blankEndAt(text: string, from: number, dialect: SqlDialect): number {
  if (isSpace(text.charCodeAt(from))) return from + 1;
  switch (text.charAt(from)) {
    case '-':
      return text[from + 1] === '-' ? lineCommentEnd(text, from) : from;
    case '/':
      return text[from + 1] === '*' ? blockCommentEnd(text, from) : from;
    case '#':
      return dialect === 'unknown' ? lineCommentEnd(text, from) : from;
    default:
      return from;
  }
}

/** After the literal that begins here. */
function literalEndAt(text: string, from: number, dialect: SqlDialect): number {
  switch (text.charAt(from)) {
    case "'":
      return plainStringEnd(text, from);
    case '"':
    case '`':
      return dialect === 'unknown' ? plainStringEnd(text, from) : quotedIdentifierEnd(text, from);
    case '$':
      return dollarStringEnd(text, from);
    case 'e':
    case 'E':
      return escapeStringEnd(text, from + 1);
    case 'u':
    case 'U':
      return plainStringEnd(text, from + 2);
    case 'b':
    case 'B':
    case 'x':
    case 'X':
    case 'n':
    case 'N':
      return plainStringEnd(text, from + 1);
    default:
      return numberEnd(text, from);
  }
}

/** Whether a string in one of the notations `E'…'`, `B'…'`, `X'…'`, `N'…'` or `U&'…'` begins here. */
function isStringPrefix(text: string, from: number): boolean {
  if (text[from + 1] === "'") return 'eEbBxXnN'.includes(text.charAt(from));
  return text[from + 1] === '&' && text[from + 2] === "'" && 'uU'.includes(text.charAt(from));
}
