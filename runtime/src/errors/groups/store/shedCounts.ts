import { boundedText, MOST_NAME_LENGTH, textBytes } from './boundedText.ts';

/** How many pairs of class and code are told apart. */
const MOST_SHED_ROWS = 200;

/** What stands for the classes that are not told apart. */
export const OTHER_TYPES = '(other)';

const ROW_BYTES = 200;

/** Errors that belong to no group any more, or never did. */
export interface ShedRow {
  /** The class of the error, or `(other)`. */
  readonly type: string;
  readonly code?: string;
  readonly count: number;
}

/** Counts errors that have no group by class and code; the first 200 pairs are told apart. */
export class ShedCounts {
  readonly #rows = new Map<string, { readonly type: string; readonly code: string | undefined; count: number }>();
  #others = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** @param count - less than 0 where some are shed no more, which were counted as the same before */
  add(givenType: string, givenCode: string | undefined, count: number): void {
    const type = boundedText(givenType, MOST_NAME_LENGTH);
    const code = givenCode === undefined ? undefined : boundedText(givenCode, MOST_NAME_LENGTH);
    const key = code === undefined ? type : `${type}\n${code}`;
    const row = this.#rows.get(key);
    if (row !== undefined) row.count += count;
    else if (this.#rows.size >= MOST_SHED_ROWS) this.#others += count;
    else {
      this.#rows.set(key, { type, code, count });
      this.#bytes += ROW_BYTES + textBytes(key) * 2;
    }
  }

  /** The most frequent first; what is not told apart last. */
  rows(): readonly ShedRow[] {
    const rows = [...this.#rows.values()]
      .filter(({ count }) => count > 0)
      .toSorted((first, second) => second.count - first.count)
      .map(({ type, code, count }) => Object.freeze({ type, ...(code !== undefined && { code }), count }));
    return this.#others === 0 ? rows : [...rows, Object.freeze({ type: OTHER_TYPES, count: this.#others })];
  }
}
