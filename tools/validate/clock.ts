/** A time that is over sooner or later, and no longer waited for once it is disposed of. */
export interface Deadline extends Disposable {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
}

/** Time, as an examination knows it. */
export interface Clock {
  /** Rises steadily; says nothing about the time of day. */
  readonly nowMillis: () => number;
  readonly deadline: (millis: number) => Deadline;
}

/** The process's own time. A deadline keeps the process alive: what it is for may wait for nothing that does. */
export const systemClock: Clock = {
  nowMillis: () => performance.now(),
  deadline: (millis) => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(new Error(`not done within ${millis / 1000} s`)), millis);
    return { signal: abort.signal, [Symbol.dispose]: () => clearTimeout(timer) };
  },
};
