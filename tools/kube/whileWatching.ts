import { setTimeout as sleep } from 'node:timers/promises';
import { describeLate, type WorkloadStatus } from './workload.ts';

export interface WatchOptions {
  /** Looks at the workloads. What it throws is passed over: watching must not end the work. */
  readonly look: () => Promise<readonly WorkloadStatus[]>;
  /** Takes what they wait for; undefined as soon as they wait for nothing. */
  readonly wait: (text: string | undefined) => void;
  /** @defaultValue 2 000 */
  readonly intervalMillis?: number;
}

/** Says what workloads wait for for as long as `work` goes on, and returns what it returns. */
export async function whileWatching<T>(options: WatchOptions, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  const watching = watch(options, done.signal);
  try {
    return await work();
  } finally {
    done.abort();
    await watching;
    options.wait(undefined);
  }
}

async function watch({ look, wait, intervalMillis = 2_000 }: WatchOptions, signal: AbortSignal): Promise<void> {
  const ended = new Promise<'ended'>((resolve) =>
    signal.addEventListener('abort', () => resolve('ended'), { once: true }),
  );
  for (;;) {
    // What is over soon is not worth a look.
    if ((await Promise.race([sleep(intervalMillis, undefined, { ref: false }), ended])) === 'ended') return;
    // A look that hangs does not hold up the end of the work.
    const found = await Promise.race([look().catch(() => undefined), ended]);
    if (found === 'ended') return;
    if (found !== undefined) wait(describeLate(found));
  }
}
