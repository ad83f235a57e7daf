/**
 * A map that forgets everything before it would hold more than its bound. That is all it needs to be for a few values that
 * come again and again: when there are more of them than the bound, no choice of what to keep would help much.
 */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #mostEntries: number;

  constructor(mostEntries: number) {
    super();
    this.#mostEntries = mostEntries;
  }

  override set(key: Key, value: Value): this {
    if (this.size >= this.#mostEntries && !this.has(key)) this.clear();
    return super.set(key, value);
  }
}
