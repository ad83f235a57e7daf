/** One kind of thing that is taken out of texts, beside what the runtime takes out. */
export interface TextRule {
  /** What it takes out, for problems: `customer-number`. Not empty, each name once. */
  readonly name: string;
  /**
   * What is looked for: with the flag `g`, without `y`, never matching the empty text, and without a repetition within a
   * repetition (`(a+)+`), which may take longer than anybody waits.
   */
  readonly pattern: RegExp;
  /**
   * What takes its place: a text as `String.prototype.replace` takes it (`$1` is the first group), or a function of what was
   * found and of its groups. A function that returns what was found leaves it. Where a function throws, or returns no text, the
   * whole of the text is `[redacted]`. A text may be looked at again: what takes the place is not to be found itself.
   * @defaultValue `[redacted]`
   */
  readonly replace?: string | TextReplacer;
}

/** What takes the place of what a rule found; a group that took no part is `undefined`. */
export type TextReplacer = (found: string, ...groups: readonly (string | undefined)[]) => string;
