import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessStillAliveError } from './errors/processStillAliveError.ts';
import { isSameProcessAlive, type ProcessIdentity } from '../process/processIdentity.ts';

const KILL_SECONDS = 20;
const POLL_MILLIS = 20;

/**
 * Kills that very process, never one that was given its id later, and waits until it is gone.
 *
 * @param what - how messages call it
 * @throws ProcessStillAliveError when it is still there after 20 s.
 */
export async function killProcess(target: ProcessIdentity, what: string): Promise<void> {
  for (let waited = 0; isSameProcessAlive(target); waited += POLL_MILLIS) {
    if (waited === 0) process.kill(target.pid, 'SIGKILL');
    if (waited > KILL_SECONDS * 1000) throw new ProcessStillAliveError(what, target.pid, KILL_SECONDS);
    await sleep(POLL_MILLIS);
  }
}
