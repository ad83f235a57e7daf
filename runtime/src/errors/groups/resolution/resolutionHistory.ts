import type { ResolutionChange } from '../../errorGroupSnapshot.ts';
import { textBytes } from '../store/boundedText.ts';

/** How many changes of a group are kept. */
const MOST_CHANGES = 50;

const CHANGE_BYTES = 160;

/** The last changes of a group's state. */
export class ResolutionHistory {
  readonly #changes: ResolutionChange[] = [];
  #leftOut = 0;
  #bytes = 0;

  /** How many were let go of for newer ones. */
  get leftOut(): number {
    return this.#leftOut;
  }

  get newest(): ResolutionChange | undefined {
    return this.#changes.at(-1);
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(change: ResolutionChange): void {
    this.#changes.push(Object.freeze(change));
    this.#bytes += changeBytes(change);
    if (this.#changes.length <= MOST_CHANGES) return;
    this.#bytes -= changeBytes(this.#changes.shift() as ResolutionChange);
    this.#leftOut += 1;
  }

  /** What was kept before. */
  putBack(changes: readonly ResolutionChange[], leftOut: number): void {
    this.#changes.length = 0;
    this.#bytes = 0;
    this.#leftOut = leftOut;
    for (const change of changes) this.add({ ...change });
  }

  /** The oldest first. */
  list(): readonly ResolutionChange[] {
    return Object.freeze([...this.#changes]);
  }
}

function changeBytes({ at, by, note, release, until }: ResolutionChange): number {
  return CHANGE_BYTES + textBytes(at) + textBytes(by) + textBytes(note) + textBytes(release) + textBytes(until);
}
