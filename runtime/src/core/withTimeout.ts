import type { HostProcess } from './hostProcess.ts';
import { TimeoutError } from './timeoutError.ts';

/** What `withTimeout` waits for, and how long. */
export interface TimeoutOptions {
  /** Names the work in the error's message. */
  readonly operation: string;
  /** The bound, in milliseconds. */
  readonly timeoutMillis: number;
  /** Whose timers are used. */
  readonly host: Pick<HostProcess, 'schedule'>;
}

/**
 * The outcome of `work`, or a rejection when it takes longer than the bound. The work itself is not stopped.
 *
 * @throws TimeoutError when the bound passes first.
 */
export async function withTimeout<T>(work: Promise<T>, options: TimeoutOptions): Promise<T> {
  const { operation, timeoutMillis, host } = options;
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const cancel = host.schedule(() => reject(new TimeoutError(operation, timeoutMillis)), timeoutMillis);
  try {
    return await Promise.race([work, expired]);
  } finally {
    cancel();
  }
}
