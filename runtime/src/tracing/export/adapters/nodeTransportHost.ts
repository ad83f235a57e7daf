import { performance } from 'node:perf_hooks';
import type { TransportHost } from '../transportHost.ts';

/** The process this code runs in. */
export function nodeTransportHost(): TransportHost {
  return {
    monotonicMillis: () => performance.now(),
    schedule: (callback, delayMillis) => {
      const timer = setTimeout(callback, delayMillis).unref();
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    pause: (delayMillis) =>
      new Promise((resolve) => {
        if (delayMillis === 0) setImmediate(resolve);
        else setTimeout(resolve, delayMillis).unref();
      }),
  };
}
