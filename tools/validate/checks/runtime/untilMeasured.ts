import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '../../finding.ts';

// An interval of the example's, which measures every 30 s, and a moment.
const waitMillis = 40_000;
const pollMillis = 2_000;

/** Looks again while something has failed, for as long as a process that was just started may have measured nothing. */
export async function untilMeasured<Findings extends readonly Finding[]>(
  signal: AbortSignal,
  look: () => Promise<Findings>,
): Promise<Findings> {
  const deadline = performance.now() + waitMillis;
  for (;;) {
    const found = await look();
    if (found.every(({ outcome }) => outcome !== 'failed') || performance.now() > deadline) return found;
    await sleep(pollMillis, undefined, { signal });
  }
}
