/** What a text has to have before a rule is tried. Most texts have little of it, and finding that out is one pass over them. */
export const SIGN = {
  /** `=` */
  EQUALS: 1,
  /** `:` */
  COLON: 2,
  /** `@` or `%`, as which it is written in a URL */
  AT: 4,
  /** `+` or `(`, with which the telephone numbers begin that are known for what they are */
  PLUS: 8,
  /** `$` or `{`, with which the forms of hashes begin */
  DOLLAR: 16,
  /** `<` */
  ANGLE: 32,
  /** a quotation mark of any kind */
  QUOTE: 64,
  /** `-` */
  DASH: 128,
  /** nine digits or more, wherever they are */
  DIGITS: 256,
  /** sixteen letters, digits, `_`, `-` and the like or more together: tokens, but few paths */
  LONG_WORD: 512,
  /** `:`, `=` or a comma: what is between a key and its value */
  SEPARATOR: 1024,
  /** `/` */
  SLASH: 8192,
  /** `~` */
  TILDE: 16384,
} as const;

/** Bits of single characters, by their place. */
const DIGIT_BIT = 11;
const WORD_BIT = 12;
const DIGIT = 1 << DIGIT_BIT;
const WORD = 1 << WORD_BIT;

const MIN_DIGITS = 9;

const SIGNS_BY_CHARACTERS: readonly (readonly [characters: string, signs: number])[] = [
  ['=', SIGN.EQUALS | SIGN.SEPARATOR | WORD],
  [':', SIGN.COLON | SIGN.SEPARATOR],
  [',', SIGN.SEPARATOR],
  ['@%', SIGN.AT],
  ['+', SIGN.PLUS | WORD],
  ['(', SIGN.PLUS],
  ['$', SIGN.DOLLAR | WORD],
  ['{', SIGN.DOLLAR],
  ['<', SIGN.ANGLE],
  ['"\'`', SIGN.QUOTE],
  ['-', SIGN.DASH | WORD],
  ['/', SIGN.SLASH],
  ['~', SIGN.TILDE | WORD],
  ['0123456789', DIGIT | WORD],
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', WORD],
];

/**
 * Every character above but letters and commas, which say something only beside others. In two classes, as V8 looks for those of
 * each many at a time, and not for those of both.
 */
const MARK = /[=:@%+($<"'`{~/\-_]/;
const DIGIT_ANYWHERE = /[0-9]/;

const LONG_WORD_LENGTH = 16;

/** Finds the signs in texts. */
export class TextSigns {
  readonly #ofCharacter = new Uint16Array(128);

  constructor() {
    for (const [characters, signs] of SIGNS_BY_CHARACTERS)
      for (const character of characters) this.#ofCharacter[character.charCodeAt(0)] = signs;
  }

  /** The sum of the `SIGN`s that the text has, and perhaps of some that it has not. */
  in(text: string): number {
    if (!MARK.test(text) && !DIGIT_ANYWHERE.test(text)) return hasLongWord(text) ? SIGN.LONG_WORD : 0;
    const ofCharacter = this.#ofCharacter;
    const { length } = text;
    let signs = 0;
    let digits = 0;
    let wordLength = 0;
    // Without a branch: characters come in no order that a processor could foretell.
    for (let at = 0; at < length; at += 1) {
      // Characters beyond ASCII count as one within it: a rule is tried in vain then.
      const own = ofCharacter[text.charCodeAt(at) & 127] ?? 0;
      signs |= own;
      digits += (own >> DIGIT_BIT) & 1;
      wordLength = (wordLength + 1) & -((own >> WORD_BIT) & 1);
      // Sixteen have a bit of their own.
      signs |= (wordLength & 16) << 5;
    }
    return digits >= MIN_DIGITS ? signs | SIGN.DIGITS : signs & ~SIGN.DIGITS;
  }
}

/** Of a text in which words are but letters. One of every sixteen characters is in a long word, if there is one. */
function hasLongWord(text: string): boolean {
  const { length } = text;
  for (let at = LONG_WORD_LENGTH - 1; at < length; at += LONG_WORD_LENGTH) {
    if (!isLetter(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && isLetter(text.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (end < length && end - start < LONG_WORD_LENGTH && isLetter(text.charCodeAt(end))) end += 1;
    if (end - start >= LONG_WORD_LENGTH) return true;
  }
  return false;
}

function isLetter(code: number): boolean {
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}
