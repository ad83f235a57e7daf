import { types } from 'node:util';
import { answerAtOnce } from './answerAtOnce.ts';
import { isRecord } from './isRecord.ts';
import { neverThrowing } from './neverThrowing.ts';
import { checkOptions, FUNCTION, type OptionKind, type OptionKinds, wholeNumber } from './optionKinds.ts';
import { REDACTED } from './redaction.ts';
import type { BuiltInTextRule } from './textRules/builtInTextRule.ts';
import { DEFAULT_TEXT_RULES } from './textRules/defaultTextRules.ts';
import { nestsRepetitions } from './textRules/repetition.ts';
import type { TextReplacer, TextRule } from './textRules/textRule.ts';
import { TextSigns } from './textRules/textSigns.ts';

export { DEFAULT_TEXT_RULES };
export type { TextReplacer, TextRule };

/** How texts are redacted. */
export interface TextRedactorOptions {
  /**
   * Rules of the application's own, tried after the runtime's.
   * @defaultValue none
   */
  readonly rules?: readonly TextRule[];
  /**
   * Names of the runtime's rules, see `DEFAULT_TEXT_RULES`, that are not to be tried.
   * @defaultValue none
   */
  readonly without?: readonly string[];
  /**
   * Characters of a text that are read, 256 to 1,048,576. What is behind them is left out, with the word that the limit cuts in
   * two: half a secret is not known for one.
   * @defaultValue 16384
   */
  readonly maxLength?: number;
  /**
   * Told when a rule of the application's failed; the whole of that text is `[redacted]` then.
   * @defaultValue nobody is told
   */
  readonly onError?: (error: Error) => void;
}

const DEFAULT_MAX_LENGTH = 16_384;
const LEAST_MAX_LENGTH = 256;
const MOST_MAX_LENGTH = 1_048_576;

/** A word is at most this long, for the cut: what is longer is data. */
const MAX_WORD_LENGTH = 512;

/**
 * Takes secrets and personal data out of texts that somebody else wrote: messages of errors, stacks, log lines. In their place
 * stands `[redacted]`, as it does for values of sensitive keys. What is found is said by the rules; what has neither a shape of
 * its own nor a key is not: `the password is hunter2`, a name, an address.
 *
 * Never throws. The time is in proportion to the text, up to `maxLength` of it, but for that of rules of the application's own;
 * a text that has nothing that a rule looks for costs one pass over it.
 */
export class TextRedactor {
  readonly #signs = new TextSigns();
  readonly #rules: readonly BuiltInTextRule[];
  readonly #ownRules: readonly BuiltInTextRule[];
  readonly #maxLength: number;
  readonly #onError: (error: Error) => void;

  /** @throws ConfigurationError for rules that cannot be used, names of rules that there are not, and a limit out of range. */
  constructor(options: TextRedactorOptions = {}) {
    checkOptions(options, KINDS, 'text redaction');
    const { rules = [], without = [], maxLength = DEFAULT_MAX_LENGTH, onError } = options;
    const builtIn = DEFAULT_TEXT_RULES.filter(({ name }) => !without.includes(name));
    this.#ownRules = rules.map(withoutSigns);
    this.#rules = [...builtIn, ...this.#ownRules];
    this.#maxLength = maxLength;
    this.#onError = neverThrowing(onError ?? (() => undefined));
  }

  /** Whether the application has rules of its own. */
  get hasOwnRules(): boolean {
    return this.#ownRules.length > 0;
  }

  /** The text without what the rules find: for what somebody else wrote. */
  redact(text: string): string {
    const read = this.#beginningOf(text);
    return this.#apply(this.#rules, read, this.#signs.in(read));
  }

  /**
   * The text without what the application's own rules find: for what the application itself records, such as attributes and
   * names of spans, of which the runtime's rules would take what it means. Without such rules it is the text.
   */
  redactByOwnRules(text: string): string {
    return this.hasOwnRules ? this.#apply(this.#ownRules, this.#beginningOf(text), 0) : text;
  }

  #beginningOf(text: string): string {
    return text.length > this.#maxLength ? beginningOf(text, this.#maxLength) : text;
  }

  #apply(rules: readonly BuiltInTextRule[], text: string, signs: number): string {
    let redacted = text;
    for (const rule of rules) {
      if ((signs & rule.signs) !== rule.signs) continue;
      try {
        redacted = rule.redact(redacted);
      } catch (cause) {
        // Nothing is known to be safe in it.
        this.#onError(new Error(`the text rule ${rule.name} failed`, { cause }));
        return REDACTED;
      }
    }
    return redacted;
  }
}

/** To the last white space, if that is near: what is longer than a word is data. */
function beginningOf(text: string, maxLength: number): string {
  const kept = text.slice(0, maxLength);
  const cutWord = /\S*$/.exec(kept.slice(-MAX_WORD_LENGTH))?.[0] ?? '';
  return `${kept.slice(0, kept.length - cutWord.length)}…`;
}

function withoutSigns({ name, pattern, replace = REDACTED }: TextRule): BuiltInTextRule {
  const own = new RegExp(pattern.source, pattern.flags);
  if (typeof replace === 'string') return { name, signs: 0, redact: (text) => text.replace(own, replace) };
  const groups = (new RegExp(`${pattern.source}|`, pattern.flags).exec('')?.length ?? 1) - 1;
  return {
    name,
    signs: 0,
    redact: (text) =>
      text.replace(own, (found: string, ...rest: (string | undefined)[]) => {
        const replaced = answerAtOnce(() => replace(found, ...rest.slice(0, groups)));
        if (typeof replaced !== 'string') throw new TypeError('replace did not return a text');
        return replaced;
      }),
  };
}

/** What rules of an application may be. */
export const TEXT_RULES: OptionKind = {
  allowed: `a list of rules with a name that no other has, a pattern with the flag g and without y that does not match the empty text and repeats no repetition, and, where it is given, replace: a function, or a text without $\` and $'`,
  accepts: (value) => Array.isArray(value) && value.every(isTextRule) && new Set(namesOf(value)).size === value.length,
};

const RULE_NAMES: OptionKind = {
  allowed: `a list of ${DEFAULT_TEXT_RULES.map(({ name }) => name).join(', ')}`,
  accepts: (value) =>
    Array.isArray(value) && value.every((name) => DEFAULT_TEXT_RULES.some((rule) => rule.name === name)),
};

const KINDS: OptionKinds<TextRedactorOptions> = {
  rules: TEXT_RULES,
  without: RULE_NAMES,
  maxLength: wholeNumber(LEAST_MAX_LENGTH, MOST_MAX_LENGTH),
  onError: FUNCTION,
};

function isTextRule(value: unknown): value is TextRule {
  if (!isRecord(value)) return false;
  const { name, pattern, replace } = value;
  return typeof name === 'string' && name !== '' && isUsablePattern(pattern) && isUsableReplacement(replace);
}

function isUsablePattern(pattern: unknown): boolean {
  if (!types.isRegExp(pattern) || !pattern.global || pattern.sticky) return false;
  return !new RegExp(pattern.source, pattern.flags).test('') && !nestsRepetitions(pattern);
}

/** What is before or behind a find, put in its place, may be as long as the text each time. */
function isUsableReplacement(replace: unknown): boolean {
  if (typeof replace === 'string') return !/\$[`']/.test(replace);
  return replace === undefined || typeof replace === 'function';
}

function namesOf(rules: readonly TextRule[]): readonly string[] {
  return rules.map(({ name }) => name);
}
