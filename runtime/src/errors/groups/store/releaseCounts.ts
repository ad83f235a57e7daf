import { boundedText, MOST_NAME_LENGTH, textBytes } from './boundedText.ts';

/** How many releases are told apart in each group. */
const MOST_RELEASES_OF_A_GROUP = 20;

const RELEASE_BYTES = 60;

/** How often a group was seen in each version of the application: in the first 20, and in the last. */
export class ReleaseCounts {
  readonly #counts = new Map<string, number>();
  #first: string | undefined;
  #last: string | undefined;
  #bytes = 0;
  #others = 0;

  get first(): string | undefined {
    return this.#first;
  }

  get last(): string | undefined {
    return this.#last;
  }

  /** Errors of releases that are not told apart. */
  get others(): number {
    return this.#others;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Counts an error. @returns whether it is the first of its release, of those that are told apart */
  add(release: string): boolean {
    const name = boundedText(release, MOST_NAME_LENGTH);
    this.#last = name;
    const count = this.#counts.get(name);
    if (count === undefined && this.#counts.size >= MOST_RELEASES_OF_A_GROUP) {
      this.#others += 1;
      return false;
    }
    this.#counts.set(name, (count ?? 0) + 1);
    if (count !== undefined) return false;
    this.#first ??= name;
    this.#bytes += RELEASE_BYTES + textBytes(name);
    return true;
  }

  /** Errors that came before all others: of these releases, of ones that are not told apart, the last of the given one. */
  putBefore(
    counts: readonly (readonly [release: string, count: number])[],
    last: string | undefined,
    others: number,
  ): void {
    const came = [...this.#counts];
    this.#counts.clear();
    this.#first = undefined;
    this.#bytes = 0;
    this.#others += others;
    for (const [release, count] of [...counts, ...came]) this.#addMany(boundedText(release, MOST_NAME_LENGTH), count);
    this.#last ??= last === undefined ? undefined : boundedText(last, MOST_NAME_LENGTH);
  }

  #addMany(name: string, more: number): void {
    const count = this.#counts.get(name);
    if (count === undefined && this.#counts.size >= MOST_RELEASES_OF_A_GROUP) {
      this.#others += more;
      return;
    }
    this.#counts.set(name, (count ?? 0) + more);
    if (count !== undefined) return;
    this.#first ??= name;
    this.#bytes += RELEASE_BYTES + textBytes(name);
  }

  has(release: string): boolean {
    return this.#counts.has(boundedText(release, MOST_NAME_LENGTH));
  }

  /** In the order in which they were seen first. */
  entries(): readonly (readonly [release: string, count: number])[] {
    return [...this.#counts];
  }
}
