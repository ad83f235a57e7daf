import { InvalidCursorError } from './invalidCursorError.ts';

/** The order that a cursor is a place in: of starts, or of ends. */
export type CursorKind = 'start' | 'end';

/** Writes and reads the places at which a tracker's answers go on. */
export class RequestCursors {
  readonly #trackerId: string;

  constructor(trackerId: string) {
    this.#trackerId = trackerId;
  }

  write(kind: CursorKind, number: number): string {
    return `${this.#trackerId}.${kind}.${number}`;
  }

  /**
   * @param highest - the highest number there is: after a place that is not reached yet, what comes before it is missed
   * @throws InvalidCursorError for one that this tracker did not write for this order.
   */
  read(kind: CursorKind, cursor: string, highest: number): number {
    const head = `${this.#trackerId}.${kind}.`;
    const digits = typeof cursor === 'string' && cursor.startsWith(head) ? cursor.slice(head.length) : '';
    if (!/^\d{1,15}$/.test(digits) || Number(digits) > highest) throw new InvalidCursorError(cursor);
    return Number(digits);
  }
}
