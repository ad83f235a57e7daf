import type { HostProcess } from '../../core/hostProcess.ts';

/** What every transport needs of the process it lives in. The real one is `nodeTransportHost()`. */
export interface TransportHost extends Pick<HostProcess, 'monotonicMillis' | 'schedule'> {
  /** A random number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /**
   * Resolves after `delayMillis`, without keeping the process alive for it; for 0, when the event loop has looked after
   * everything else that was due.
   */
  readonly pause: (delayMillis: number) => Promise<void>;
}
