import { REDACTED } from '../redaction.ts';
import type { TextRule } from './textRule.ts';

/** A rule of the runtime's own. */
export interface BuiltInTextRule {
  /** What it takes out: `email`. */
  readonly name: string;
  /** What a text must have, all of it, for the rule to be tried: a sum of `SIGN`s. */
  readonly signs: number;
  /** The text without it. Takes time in proportion to the text, never throws, and leaves what was redacted. */
  readonly redact: (text: string) => string;
}

/** A rule that is but a pattern. */
export interface PatternRule extends TextRule, Pick<BuiltInTextRule, 'signs'> {
  /**
   * Texts of which one must be there for the pattern to be tried.
   * @defaultValue none: it is always tried
   */
  readonly oneOf?: readonly string[];
}

/** Makes a rule of a pattern. */
export function patternRule({ name, signs, pattern, replace = REDACTED, oneOf }: PatternRule): BuiltInTextRule {
  // The two overloads of `replace` take one kind each.
  const redact =
    typeof replace === 'string'
      ? (text: string) => text.replace(pattern, replace)
      : (text: string) => text.replace(pattern, replace);
  if (oneOf === undefined) return { name, signs, redact };
  return { name, signs, redact: (text) => (oneOf.some((needed) => text.includes(needed)) ? redact(text) : text) };
}
