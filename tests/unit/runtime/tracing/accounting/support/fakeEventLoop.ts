import type { EventLoop } from '../../../../../../runtime/src/tracing/accounting/eventLoop.ts';

/** An event loop whose turns a test takes. */
export class FakeEventLoop implements EventLoop {
  #callbacks = new Set<() => void>();
  #isDetached = false;

  readonly nextTurn = (callback: () => void): (() => void) => {
    // Each call waits by itself, also for the same function.
    const entry = (): void => this.detached(callback);
    this.#callbacks.add(entry);
    return () => this.#callbacks.delete(entry);
  };

  readonly detached = <T>(work: () => T): T => {
    const before = this.#isDetached;
    this.#isDetached = true;
    try {
      return work();
    } finally {
      this.#isDetached = before;
    }
  };

  /** Whether detached work is running. */
  get isDetached(): boolean {
    return this.#isDetached;
  }

  /** How many callbacks wait for the next turn. */
  get waiting(): number {
    return this.#callbacks.size;
  }

  /** The next turn begins. */
  turn(): void {
    const callbacks = this.#callbacks;
    this.#callbacks = new Set();
    for (const callback of callbacks) callback();
  }
}
