/** Quotation marks as HTML and JSON may write them. */
const ENCODED_QUOTE = String.raw`(?:&(?:quot|apos|#34|#39);|\\{1,3}u002[27])`;

/** A value in quotes, in quotes that are escaped or encoded, in the brackets of a list or a buffer, in braces as ODBC has it. */
const ENCLOSED = [
  String.raw`(?:[bBuUrRfF]{1,2}(?=["'])|)"(?:[^"\\\r\n]|\\[^\r\n])*"?`,
  String.raw`(?:[bBuUrRfF]{1,2}(?=["'])|)'(?:[^'\\\r\n]|\\[^\r\n])*'?`,
  '`[^`]*`?',
  String.raw`\\{1,7}["'](?:[^"'\r\n]|(?<=\\\\\\)["'])*["']?`,
  String.raw`${ENCODED_QUOTE}(?:(?!${ENCODED_QUOTE})[^\r\n]){0,4096}(?:${ENCODED_QUOTE})?`,
  String.raw`\[(?:\r?\n[^\]{}]{0,4096}|[^\]\r\n]{0,4096})\]?`,
  String.raw`Buffer\.from\(["'][^"'\r\n]{0,4096}(?:["']\)?)?`,
  String.raw`[A-Z]\w{2,20}Array\(\d{1,9}\) \[[^\]]{0,4096}\]?`,
  String.raw`<(?:Buffer|Secret|Uint8Array)[^>\r\n]{0,4096}>?`,
  String.raw`\{[^{}:\r\n]{0,256}\}`,
].join('|');

/** `b=`, `"b":`, `b[c]=`, `b%5Bc%5D=`. */
const NEXT_KEY = String.raw`[\w.-]{1,40}(?:\[[\w[\]-]{0,40}|%5B[\w%-]{0,40})?["']?[=:]`;

/**
 * A value without quotes, to where it ends in JSON, in URLs, in connection strings and in sentences. What ends it is part of
 * it where neither white space nor a next `key=` follows.
 */
const BARE = String.raw`(?:[^\s"'\x60,;&(){}\[\]<>|\\]|[,;&](?=[^\s,;&"'])(?!${NEXT_KEY})|[(){}\[\]<>|](?=[\w!@#$%^*+])|\\(?![nrt"']))+`;

const ENCLOSED_VALUE = new RegExp(ENCLOSED, 'y');
const BARE_VALUE = new RegExp(BARE, 'y');

/** What stands behind a key. */
export interface Value {
  readonly value: string;
  /** In quotes or brackets. */
  readonly isEnclosed: boolean;
}

/** The values in a text, read in their order. Reading them all takes time in proportion to the text, from wherever they are read. */
export class Values {
  readonly #text: string;
  /** Where the value ends that was read last without quotes: from whatever place in it one reads, it ends there. */
  #bareEnd = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The value that begins at a place; `undefined` where none does. */
  at(start: number): Value | undefined {
    const enclosed = startsAt(ENCLOSED_VALUE, this.#text, start)?.[0];
    if (enclosed !== undefined) return { value: enclosed, isEnclosed: true };
    if (start >= this.#bareEnd) this.#bareEnd = start + (startsAt(BARE_VALUE, this.#text, start)?.[0].length ?? 0);
    return start < this.#bareEnd ? { value: this.#text.slice(start, this.#bareEnd), isEnclosed: false } : undefined;
  }
}

/** What a pattern with the flag `y` finds right at a place. */
export function startsAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
