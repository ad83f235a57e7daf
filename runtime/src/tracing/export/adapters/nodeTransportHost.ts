import { random } from '../../../core/adapters/random.ts';
import type { HostProcess } from '../../../core/hostProcess.ts';
import type { TransportHost } from '../transportHost.ts';

/** What transports need, on the clock of a process. */
export function nodeTransportHost({
  monotonicMillis,
  schedule,
}: Pick<HostProcess, 'monotonicMillis' | 'schedule'>): TransportHost {
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
