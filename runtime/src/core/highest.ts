interface Weighed<Value> {
  readonly value: Value;
  readonly weight: number;
}

/** Of many things the few with the highest weights. Of the same weight, those that came first. */
export class Highest<Value> {
  readonly #limit: number;
  #kept: Weighed<Value>[] = [];
  /** What weighs no more is not among the highest. */
  #lowest = Number.NEGATIVE_INFINITY;

  /** @param limit - how many are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Keeps something, where it is among the highest so far. */
  offer(value: Value, weight: number): void {
    if (weight <= this.#lowest) return;
    this.#kept.push({ value, weight });
    // Sorting now and then costs less than finding its place for each.
    if (this.#kept.length >= 2 * this.#limit + 64) this.#cut();
  }

  /** Those that are the highest, the highest first. */
  list(): readonly Value[] {
    this.#cut();
    return this.#kept.map(({ value }) => value);
  }

  #cut(): void {
    this.#kept.sort((a, b) => b.weight - a.weight);
    this.#kept = this.#kept.slice(0, this.#limit);
    const last = this.#kept[this.#limit - 1];
    if (last !== undefined) this.#lowest = last.weight;
  }
}
