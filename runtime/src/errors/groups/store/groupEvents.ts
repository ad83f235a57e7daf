import type { CapturedError } from '../../capturedError.ts';

/** A whole event of a group, beside its first. */
export interface KeptEvent {
  captured: CapturedError;
  /** Which of all errors it is. */
  readonly number: number;
  /** What it takes in memory beside its breadcrumbs. */
  bytes: number;
}

/** The whole events that are kept of a group: its first one, unless memory is short, and others. */
export class GroupEvents {
  #first: KeptEvent | undefined;
  /** The oldest first. */
  readonly #others: KeptEvent[] = [];
  #bytes = 0;

  /** How many there are beside the first. */
  get otherCount(): number {
    return this.#others.length;
  }

  /** The very first event, unless memory was short. */
  get first(): KeptEvent | undefined {
    return this.#first;
  }

  get count(): number {
    return this.#others.length + (this.#first === undefined ? 0 : 1);
  }

  get bytes(): number {
    return (this.#first?.bytes ?? 0) + this.#bytes;
  }

  keepFirst(event: KeptEvent): void {
    this.#first = event;
  }

  /** @returns what was the first, where it is kept */
  letGoOfFirst(): KeptEvent | undefined {
    const first = this.#first;
    this.#first = undefined;
    return first;
  }

  keep(event: KeptEvent): void {
    this.#others.push(event);
    this.#bytes += event.bytes;
  }

  /** What is kept of an error; `undefined` for nothing. */
  find(number: number): KeptEvent | undefined {
    return this.#first?.number === number ? this.#first : this.#others.find((other) => other.number === number);
  }

  /** Keeps something else of an error, which takes so many bytes beside its breadcrumbs. */
  change(event: KeptEvent, captured: CapturedError, bytes: number): void {
    if (event !== this.#first) this.#bytes += bytes - event.bytes;
    event.captured = captured;
    event.bytes = bytes;
  }

  letGo(event: KeptEvent): void {
    const index = this.#others.indexOf(event);
    if (index < 0) return;
    this.#others.splice(index, 1);
    this.#bytes -= event.bytes;
  }

  /** Whether an event of this trace is kept. */
  hasTrace(traceId: string): boolean {
    return (
      this.#first?.captured.traceId === traceId || this.#others.some(({ captured }) => captured.traceId === traceId)
    );
  }

  /** The oldest whose release another one is of, too, but the newest; where there is none, the oldest. */
  get leastNeeded(): KeptEvent | undefined {
    const counts = new Map<string | undefined, number>();
    for (const { release } of this.newestFirst()) counts.set(release, (counts.get(release) ?? 0) + 1);
    return this.#others.slice(0, -1).find(({ captured }) => (counts.get(captured.release) ?? 0) > 1) ?? this.#others[0];
  }

  /** Those beside the first, the oldest first. */
  get others(): readonly KeptEvent[] {
    return this.#others;
  }

  newestFirst(): readonly CapturedError[] {
    const events = this.#others.map(({ captured }) => captured).reverse();
    return this.#first === undefined ? events : [...events, this.#first.captured];
  }
}
