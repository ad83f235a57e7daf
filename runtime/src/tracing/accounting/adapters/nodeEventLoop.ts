import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventLoop } from '../eventLoop.ts';

/** The event loop of this thread; detached work runs in the asynchronous context of this call. */
export function nodeEventLoop(): EventLoop {
  const inThisContext = AsyncLocalStorage.snapshot();
  const detached = <T>(work: () => T): T => inThisContext(work);
  return {
    // Not unref'd: Node runs such an immediate only when something else wakes the loop (seen to take 3 s in an idle
    // server), and as it is, it holds the process for one turn.
    nextTurn: (callback) => {
      const immediate = detached(() => setImmediate(callback));
      return () => clearImmediate(immediate);
    },
    detached,
  };
}
