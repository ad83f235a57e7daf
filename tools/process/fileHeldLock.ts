import { linkSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockFailedError, type LockAttempt, type LockHandle } from './lockHandle.ts';
import { readJsonIfPresent, writePrivateFile } from './privateFiles.ts';
import { identifyProcess, isSameProcessAlive, parseProcessIdentity } from './processIdentity.ts';

const lookMillis = 100;

/**
 * Takes a lock that a file beside `path` stands for, where the kernel's locks are out of reach; undefined when another
 * holds it and `wait` is false. The file names its holder; that of a process that has ended is taken over.
 * @throws LockFailedError when the file cannot be made; the signal's reason when it fires first.
 */
export async function takeFileHeldLock({ path, wait, signal }: LockAttempt): Promise<LockHandle | undefined> {
  const held = `${path}.held`;
  for (;;) {
    signal?.throwIfAborted();
    if (tryTake(path, held)) {
      let isHeld = true;
      const release = (): void => {
        if (isHeld) rmSync(held, { force: true });
        isHeld = false;
      };
      return { release: () => Promise.resolve(release()) };
    }
    if (removeDeadHolder(held)) continue;
    if (!wait) return undefined;
    await sleep(lookMillis);
  }
}

/** A link is made whole or not at all, so that nobody reads a file that does not name its holder yet. */
function tryTake(path: string, held: string): boolean {
  const own = `${held}.${process.pid}`;
  try {
    writePrivateFile(own, JSON.stringify(identifyProcess(process.pid) ?? null));
    return tryLink(own, held);
  } catch (error) {
    throw new LockFailedError(path, error instanceof Error ? error.message : String(error), error);
  }
}

function tryLink(own: string, held: string): boolean {
  try {
    linkSync(own, held);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Of two that find the same dead holder, one gets to rename its file. */
function removeDeadHolder(held: string): boolean {
  const holder = parseProcessIdentity(readJsonIfPresent(held));
  if (holder === undefined || isSameProcessAlive(holder)) return false;
  const aside = `${held}.${process.pid}.dead`;
  try {
    renameSync(held, aside);
  } catch {
    return true; // Somebody else was first: look again.
  }
  const moved = parseProcessIdentity(readJsonIfPresent(aside));
  // Between our look and the renaming another may have taken the lock over: it gets its file back.
  if (moved !== undefined && isSameProcessAlive(moved)) linkSync(aside, held);
  rmSync(aside, { force: true });
  return true;
}
