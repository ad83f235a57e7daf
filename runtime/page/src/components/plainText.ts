/** Control characters, what turns or hides text, and halves of characters: what is read would not be what is there. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Joins letters of scripts and parts of emoji: they are text. */
const JOINERS: ReadonlySet<string> = new Set(['\u200C', '\u200D']);

/**
 * A text of others in one line, with everything to be seen that is in it: a line feed as `␊`, what turns the direction as
 * `⟨U+202E⟩`.
 */
export function plainText(text: string): string {
  return text.replace(UNSEEN, (found) => {
    if (JOINERS.has(found)) return found;
    const code = found.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
