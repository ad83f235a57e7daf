import { boundedText, MOST_NAME_LENGTH, textBytes } from './boundedText.ts';

/** How many releases are put in order. */
const MOST_RELEASES = 200;

const RELEASE_BYTES = 60;

/**
 * The order in which this process first saw the versions of the application, as nothing is known of how they are numbered.
 * Those beyond the first 200 count as newer than all of these.
 */
export class ReleaseOrder {
  readonly #places = new Map<string, number>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** From the one that was seen first on. */
  list(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** Releases that were seen before all that are known: the places of these change. */
  putBefore(releases: readonly string[]): void {
    const came = this.list();
    this.#places.clear();
    this.#bytes = 0;
    for (const release of [...releases, ...came]) this.placeOf(release);
  }

  /** The place of a release, which is seen now: higher than that of every one seen before. */
  placeOf(release: string): number {
    const name = boundedText(release, MOST_NAME_LENGTH);
    const place = this.#places.get(name);
    if (place !== undefined) return place;
    const next = this.#places.size;
    if (next < MOST_RELEASES) {
      this.#places.set(name, next);
      this.#bytes += RELEASE_BYTES + textBytes(name);
    }
    return next;
  }
}
