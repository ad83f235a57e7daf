import { ownCopy } from '../../core/ownCopy.ts';

/** How much a cache keeps. */
export interface TextCacheLimits {
  readonly maxEntries: number;
  /** Of everything together, in UTF-16 code units. What alone is more than half of it is not kept. */
  readonly maxCharacters: number;
}

/**
 * What was made of texts, to be found by the same text again. It is in two halves: when the younger one is full, the older
 * one goes, and what was asked for since is in the younger. Keeps nothing alive that a text was cut out of.
 */
export class TextCache<Value extends object | string> {
  readonly #halfEntries: number;
  readonly #halfCharacters: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #characters = 0;

  constructor({ maxEntries, maxCharacters }: TextCacheLimits) {
    this.#halfEntries = maxEntries / 2;
    this.#halfCharacters = maxCharacters / 2;
  }

  /** How many texts it knows; one that was asked for again may count twice. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** What was made of this text; `undefined` where it is not known, or not any more. */
  get(text: string): Value | undefined {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    if (old !== undefined) this.set(text, old);
    return old;
  }

  /**
   * Remembers what was made of a text.
   *
   * @param characters - what both take
   */
  set(text: string, value: Value, characters = text.length): void {
    if (characters > this.#halfCharacters) return;
    if (this.#young.size + 1 > this.#halfEntries || this.#characters + characters > this.#halfCharacters) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#characters = 0;
    }
    this.#young.set(ownCopy(text), value);
    this.#characters += characters;
  }
}
