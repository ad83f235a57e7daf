import type { Breadcrumb } from '../../capturedError.ts';
import { breadcrumbBytes } from './eventBytes.ts';

/** A list, and what counts the events that have it. */
const LIST_BYTES = 120;
/** A place in a list, and what counts the lists that have it. */
const PLACE_BYTES = 8;
const COUNTED_BYTES = 120;

interface Counted {
  lists: number;
  readonly bytes: number;
}

/**
 * What the breadcrumbs of whole events take in memory. Each counts once, however many events show it: all errors between two
 * breadcrumbs share one list, and most of a list is in the next one, too.
 */
export class KeptBreadcrumbs {
  readonly #maxListBytes: number;
  /** How many events have each list. */
  readonly #lists = new Map<readonly Breadcrumb[], number>();
  readonly #breadcrumbs = new Map<Breadcrumb, Counted>();
  #bytes = 0;
  /** In a flood of errors the list is the one of the error before. */
  #lastGiven: readonly Breadcrumb[] = [];
  #lastFitting: readonly Breadcrumb[] = [];

  /** @param maxListBytes - of the breadcrumbs of an event, the newest are kept that take so many bytes at most */
  constructor(maxListBytes: number) {
    this.#maxListBytes = maxListBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The list, or the newest of it that may be kept of one event. */
  fitting(list: readonly Breadcrumb[]): readonly Breadcrumb[] {
    if (list === this.#lastGiven) return this.#lastFitting;
    let bytes = LIST_BYTES;
    let begin = list.length;
    while (begin > 0) {
      bytes += PLACE_BYTES + this.#bytesOf(list[begin - 1] as Breadcrumb);
      if (bytes > this.#maxListBytes) break;
      begin -= 1;
    }
    this.#lastGiven = list;
    this.#lastFitting = begin === 0 ? list : Object.freeze(list.slice(begin));
    return this.#lastFitting;
  }

  /** An event with this list is kept. */
  keep(list: readonly Breadcrumb[]): void {
    if (list.length === 0) return;
    const events = this.#lists.get(list) ?? 0;
    this.#lists.set(list, events + 1);
    if (events > 0) return;
    this.#bytes += LIST_BYTES + list.length * PLACE_BYTES;
    for (const breadcrumb of list) this.#keepOne(breadcrumb);
  }

  /** An event with this list is let go of. */
  letGo(list: readonly Breadcrumb[]): void {
    const events = this.#lists.get(list);
    if (events === undefined) return;
    if (events > 1) {
      this.#lists.set(list, events - 1);
      return;
    }
    this.#lists.delete(list);
    this.#bytes -= LIST_BYTES + list.length * PLACE_BYTES;
    for (const breadcrumb of list) this.#letGoOfOne(breadcrumb);
    // What is remembered of the last list must not keep what nothing else keeps.
    this.#lastGiven = [];
    this.#lastFitting = [];
  }

  #keepOne(breadcrumb: Breadcrumb): void {
    const counted = this.#breadcrumbs.get(breadcrumb);
    if (counted !== undefined) {
      counted.lists += 1;
      return;
    }
    const bytes = bytesOf(breadcrumb);
    this.#breadcrumbs.set(breadcrumb, { lists: 1, bytes });
    this.#bytes += bytes;
  }

  #letGoOfOne(breadcrumb: Breadcrumb): void {
    const counted = this.#breadcrumbs.get(breadcrumb);
    if (counted === undefined) return;
    counted.lists -= 1;
    if (counted.lists > 0) return;
    this.#breadcrumbs.delete(breadcrumb);
    this.#bytes -= counted.bytes;
  }

  #bytesOf(breadcrumb: Breadcrumb): number {
    return this.#breadcrumbs.get(breadcrumb)?.bytes ?? bytesOf(breadcrumb);
  }
}

function bytesOf(breadcrumb: Breadcrumb): number {
  return COUNTED_BYTES + breadcrumbBytes(breadcrumb);
}
