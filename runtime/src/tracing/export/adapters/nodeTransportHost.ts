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
    yieldToEventLoop: () => new Promise((resolve) => void setImmediate(resolve)),
  };
}
