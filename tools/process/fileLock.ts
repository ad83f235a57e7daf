import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { takeFileHeldLock } from './fileHeldLock.ts';
import { NoFlockError, takeKernelLock } from './kernelLock.ts';
import { LockFailedError, type LockAttempt, type LockHandle } from './lockHandle.ts';
import { makePrivateDirectory, readJsonIfPresent } from './privateFiles.ts';

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** A held lock. */
export interface FileLock extends LockHandle, AsyncDisposable {}

/** What {@link acquireFileLock} takes. */
export interface FileLockOptions {
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  /**
   * Called once, when another holder has to be waited for; `undefined` where it has not said who it is. What it throws
   * ends the attempt.
   */
  readonly onWait: (holder: LockHolder | undefined) => void;
}

/**
 * Takes an exclusive lock, waiting for its holder if there is one. The lock of a process that was killed is free at once.
 *
 * @throws LockFailedError, naming the path, when it cannot be tried; the signal's reason when it fires first.
 */
export async function acquireFileLock(options: FileLockOptions): Promise<FileLock> {
  const { path, signal } = options;
  makePrivateDirectory(dirname(path));
  const lock = (await take({ path, wait: false, signal })) ?? (await waitForLock(options));
  // Written into the locked file itself: whoever waits for it can read who holds it.
  const holder: LockHolder = { pid: process.pid, since: new Date().toISOString() };
  try {
    writeFileSync(path, JSON.stringify(holder));
  } catch (error) {
    await lock.release();
    throw error;
  }
  return { release: lock.release, [Symbol.asyncDispose]: lock.release };
}

/** Does the work while it holds the lock, and gives the lock up whatever comes of it. */
export async function withFileLock<T>(options: FileLockOptions, work: () => Promise<T>): Promise<T> {
  await using _lock = await acquireFileLock(options);
  return await work();
}

async function waitForLock({ path, signal, onWait }: FileLockOptions): Promise<LockHandle> {
  const holder = readJsonIfPresent(path);
  onWait(isLockHolder(holder) ? holder : undefined);
  const waited = await take({ path, wait: true, signal });
  if (waited === undefined) throw new LockFailedError(path, 'the wait for it ended without it');
  return waited;
}

async function take(attempt: LockAttempt): Promise<LockHandle | undefined> {
  try {
    return await takeKernelLock(attempt);
  } catch (error) {
    if (error instanceof NoFlockError) return takeFileHeldLock(attempt);
    throw error;
  }
}

function isLockHolder(value: unknown): value is LockHolder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'since' in value &&
    typeof value.since === 'string'
  );
}
