import { OTHER } from './statistics/outcomeTable.ts';

/** Of one operation: statuses and classes of errors are fewer. */
const MOST_OF_AN_OPERATION = 20;
/** Of all: with two hundred operations they stay below the 2000 attribute sets that OpenTelemetry's SDK tells apart. */
const MOST_OF_ALL = 500;

/**
 * The types of failures that are told apart in instruments: the first 20 of an operation, and 500 of all. Some are made of
 * what a user has sent, and would use up the room that the instruments of other operations need.
 */
export class FailureTypes {
  readonly #known = new Map<string, Set<string>>();
  #count = 0;

  /** The name under which a type is shown, now and later: its own, or `(other)`. */
  labelOf(operation: string, type: string): string {
    const known = this.#known.get(operation);
    if (known?.has(type) === true) return type;
    if (this.#count >= MOST_OF_ALL || (known !== undefined && known.size >= MOST_OF_AN_OPERATION)) return OTHER;
    this.#count += 1;
    if (known === undefined) this.#known.set(operation, new Set([type]));
    else known.add(type);
    return type;
  }
}
