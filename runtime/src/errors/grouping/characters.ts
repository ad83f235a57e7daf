/** What a character (UTF-16 code unit) is for whoever reads a message. Of words are letters, digits and marks. */
export const SEPARATOR = 0;
export const QUOTE = 1;
export const OPENING = 2;
export const MARK = 3;
export const DIGIT = 4;
export const LETTER = 5;

const MARKS = '-_.:/\\@+%#$&?!*~^|';

/** Kinds of the ASCII characters by their code. */
const KINDS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => kindOfText(String.fromCharCode(code)));

/** The kind of a character; all beyond ASCII are letters, but for spaces. */
export function kindOf(code: number): number {
  if (code < 128) return KINDS[code] ?? SEPARATOR;
  return code === 0xa0 || code === 0x2028 || code === 0x2029 ? SEPARATOR : LETTER;
}

function kindOfText(character: string): number {
  if (/[a-zA-Z]/.test(character)) return LETTER;
  if (/[0-9]/.test(character)) return DIGIT;
  if (MARKS.includes(character)) return MARK;
  if (/['"`]/.test(character)) return QUOTE;
  return /[[{(]/.test(character) ? OPENING : SEPARATOR;
}
