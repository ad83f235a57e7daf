import { ownCopy } from '../../core/ownCopy.ts';
import type { StackFrame } from '../errorFacts.ts';
import { TextCache } from './textCache.ts';

const LIMITS = { maxEntries: 500, maxCharacters: 2_000_000 };
/** The innermost frame, mostly. */
const KEY_LENGTH = 80;
/** So many ways lead to one place, before they push each other out. */
const MOST_WAYS = 8;

interface ParsedStack {
  readonly text: string;
  readonly frames: readonly StackFrame[];
}

/**
 * The frames of stacks that were seen before: the same throw sites say the same. They are found by the beginning of their text
 * and then compared: a map that is asked for a whole stack of 1000 characters reads it twice, and slower.
 */
export class FramesCache {
  readonly #byBeginning = new TextCache<ParsedStack[]>(LIMITS);

  /** The frames of this text; `undefined` where it is not known, or not any more. */
  get(text: string): readonly StackFrame[] | undefined {
    const ways = this.#byBeginning.get(beginningOf(text));
    if (ways === undefined) return undefined;
    for (const way of ways) if (way.text === text) return way.frames;
    return undefined;
  }

  /** Remembers what a text, at most 16,384 characters long, has in it. */
  set(text: string, frames: readonly StackFrame[]): void {
    const beginning = beginningOf(text);
    const ways = this.#byBeginning.get(beginning) ?? [];
    if (ways.length >= MOST_WAYS) ways.shift();
    ways.push({ text: ownCopy(text), frames });
    this.#byBeginning.set(beginning, ways, beginning.length + text.length);
  }
}

function beginningOf(text: string): string {
  return text.slice(0, KEY_LENGTH);
}
