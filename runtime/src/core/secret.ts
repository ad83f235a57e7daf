import { inspect } from 'node:util';

/** What stands in the place of a secret wherever it is shown. */
export const MASK = '***';

/**
 * A password, token or header value. It shows itself as `***` in logs, templates, JSON and `util.inspect`; only
 * `reveal()` gives it away.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself: for the wire, never for a message. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
