import { callListener } from './callListener.ts';
import type { Dispose } from './hostProcess.ts';

/**
 * Listeners of the application. Each is told by itself: what one throws or rejects with goes to `onError`, and the others
 * are told. One that is added twice is told twice, and each time is ended by itself.
 */
export class Listeners<Listener> {
  readonly #onError: (error: Error) => void;
  /** Each in an object of its own, as it may be there twice. */
  readonly #entries = new Set<{ readonly listener: Listener }>();
  #telling = 0;

  /** @param onError - gets what listeners throw. Never throws. */
  constructor(onError: (error: Error) => void) {
    this.#onError = onError;
  }

  /** Whether there is nobody to tell. */
  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** Whether listeners are told just now: what is done meanwhile, they do. */
  get isTelling(): boolean {
    return this.#telling > 0;
  }

  /** Adds a listener, that is told of what comes from now on. @returns ends it; calling it again does nothing */
  add(listener: Listener): Dispose {
    const entry = { listener };
    this.#entries.add(entry);
    return () => void this.#entries.delete(entry);
  }

  /** Tells all that are there now, in the order in which they came, whatever they add or end meanwhile. */
  tell(call: (listener: Listener) => unknown): void {
    this.#telling += 1;
    for (const { listener } of [...this.#entries]) callListener(() => call(listener), this.#onError);
    this.#telling -= 1;
  }
}
