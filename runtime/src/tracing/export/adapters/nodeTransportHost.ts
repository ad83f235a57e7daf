import { nodeHostProcess } from '../../../core/adapters/nodeHostProcess.ts';
import { random } from '../../../core/adapters/random.ts';
import type { TransportHost } from '../transportHost.ts';

/** The process this code runs in. */
export function nodeTransportHost(): TransportHost {
  const { monotonicMillis, schedule } = nodeHostProcess();
  return {
    monotonicMillis,
    schedule,
    random,
    pause: (delayMillis) =>
      new Promise((resolve) => {
        if (delayMillis === 0) setImmediate(resolve);
        else schedule(resolve, delayMillis);
      }),
  };
}
