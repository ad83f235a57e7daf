import type { TransportHost } from './transportHost.ts';

/**
 * Resolves after `delayMillis`, or as soon as `signal` is aborted: with whether there is still time. Does not keep the
 * process alive.
 */
export function abortableWait(
  delayMillis: number,
  signal: AbortSignal,
  host: Pick<TransportHost, 'schedule'>,
): Promise<boolean> {
  if (signal.aborted || delayMillis <= 0) return Promise.resolve(!signal.aborted);
  return new Promise((resolve) => {
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve(!signal.aborted);
    };
    const cancel = host.schedule(finish, delayMillis);
    signal.addEventListener('abort', finish);
  });
}
