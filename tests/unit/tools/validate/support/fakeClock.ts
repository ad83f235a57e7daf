import type { Clock, Deadline } from '../../../../../tools/validate/clock.ts';

interface Waiting {
  readonly atMillis: number;
  readonly abort: AbortController;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now = 0;
  readonly #waiting = new Set<Waiting>();

  readonly nowMillis = (): number => this.#now;

  readonly deadline = (millis: number): Deadline => {
    const waiting = { atMillis: this.#now + millis, abort: new AbortController() };
    this.#waiting.add(waiting);
    return { signal: waiting.abort.signal, [Symbol.dispose]: () => void this.#waiting.delete(waiting) };
  };

  /** Goes on: whatever is over by then is over. Lets others do what they can do now, before and after. */
  async advance(seconds: number): Promise<void> {
    await turns();
    this.#now += seconds * 1000;
    for (const waiting of [...this.#waiting]) if (waiting.atMillis <= this.#now) waiting.abort.abort(new Error('late'));
    await turns();
  }

  /** How many deadlines somebody still waits for. */
  get waitingCount(): number {
    return this.#waiting.size;
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}
