import { ownText } from '../../core/ownText.ts';
import { REDACTED } from '../../core/redaction.ts';
import { TextCache } from './textCache.ts';

/** Longer texts are mostly different ones, with digits also shorter ones. */
const MOST_CACHED_LENGTH = 256;
const MOST_CACHED_WITH_DIGITS = 40;
const CACHE_LIMITS = { maxEntries: 1000, maxCharacters: 64_000 };
/** How far back the end of a word is looked for where a text is cut. */
const LONGEST_WORD = 1024;

/** Takes out of texts what must not be kept, and makes them short. Texts that had nothing of the kind are known again. */
export class CleanTexts {
  readonly #redactText: (text: string) => string;
  /** Only those that are kept anyway: what is taken out of a text is not to stay in memory as a key. */
  readonly #known = new TextCache<string>(CACHE_LIMITS);

  constructor(redactText: (text: string) => string) {
    this.#redactText = redactText;
  }

  /**
   * The text as it may be kept: redacted, at most `maxLength` characters (at least 1), well-formed. No more of it is looked
   * at than twice as much. Never throws; a text whose redaction fails is `[redacted]`.
   */
  clean(text: string, maxLength: number): string {
    if (text === '') return '';
    const mayComeAgain = text.length <= maxLength && comesAgain(text);
    const known = mayComeAgain ? this.#known.get(text) : undefined;
    if (known !== undefined) return known;
    const cleaned = ownText(this.#redacted(beginning(text, maxLength * 2)), maxLength);
    if (mayComeAgain && cleaned === text) this.#known.set(text, cleaned);
    return cleaned;
  }

  #redacted(text: string): string {
    try {
      const redacted: unknown = this.#redactText(text);
      return typeof redacted === 'string' ? redacted : REDACTED;
    } catch {
      return REDACTED;
    }
  }
}

/** The beginning without a word that is cut in two: half a secret is not known as one. */
function beginning(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  const lastSpace = cut.search(/\s\S*$/);
  return `${lastSpace !== -1 && lastSpace > maxLength - LONGEST_WORD ? cut.slice(0, lastSpace) : cut}…`;
}

function comesAgain(text: string): boolean {
  return text.length <= MOST_CACHED_WITH_DIGITS || (text.length <= MOST_CACHED_LENGTH && !/\d/.test(text));
}
