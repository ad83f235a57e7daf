import { InvalidCursorError } from './invalidCursorError.ts';

/**
 * Writes and reads the places at which a tracker's answers go on. They belong to one tracker and one order.
 *
 * @typeParam Kind - the orders that a cursor is a place in
 */
export class Cursors<Kind extends string> {
  readonly #trackerId: string;

  /** @param trackerId - tells this tracker from others, also from those of another run of the process */
  constructor(trackerId: string) {
    this.#trackerId = trackerId;
  }

  /** @param number - a whole number from 0 on */
  write(kind: Kind, number: number): string {
    return `${this.#trackerId}.${kind}.${number}`;
  }

  /**
   * @param highest - the highest number there is: after a place that is not reached yet, what comes before it is missed
   * @throws InvalidCursorError for one that this tracker did not write for this order.
   */
  read(kind: Kind, cursor: string, highest: number): number {
    const head = `${this.#trackerId}.${kind}.`;
    const digits = typeof cursor === 'string' && cursor.startsWith(head) ? cursor.slice(head.length) : '';
    if (!/^\d{1,15}$/.test(digits) || Number(digits) > highest) throw new InvalidCursorError(cursor);
    return Number(digits);
  }
}
