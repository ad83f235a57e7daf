import type { Dispose } from '../../core/hostProcess.ts';

/** What batching needs of the event loop. The real one is `nodeEventLoop()`. */
export interface EventLoop {
  /** Runs `callback` once on the next turn, detached. Holds the process for that one turn at most. */
  readonly nextTurn: (callback: () => void) => Dispose;
  /**
   * Runs `work` at once, outside of the asynchronous context of whoever called: what it starts does not keep the state
   * of the request alive in which a span happened to end.
   */
  readonly detached: <T>(work: () => T) => T;
}
