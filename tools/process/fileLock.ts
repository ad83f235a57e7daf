import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateDirectory, readJsonIfPresent } from './privateFiles.ts';

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** A held lock. */
export interface FileLock extends AsyncDisposable {
  /** Gives the lock up; again is harmless. */
  readonly release: () => Promise<void>;
}

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
 * Takes an exclusive lock, waiting for its holder if there is one. The kernel holds it for a flock(1)
 * child that ends with our end of its input, so that the lock of a killed process is free at once.
 *
 * @throws the signal's reason when it fires first.
 */
export async function acquireFileLock(options: FileLockOptions): Promise<FileLock> {
  makePrivateDirectory(dirname(options.path));
  const lock = (await tryLock(options.path, ['--nonblock'], options.signal)) ?? (await waitForLock(options));
  // Written into the locked file itself: whoever waits for it can read who holds it.
  const holder: LockHolder = { pid: process.pid, since: new Date().toISOString() };
  writeFileSync(options.path, JSON.stringify(holder));
  return lock;
}

/** Does the work while it holds the lock, and gives the lock up whatever comes of it. */
export async function withFileLock<T>(options: FileLockOptions, work: () => Promise<T>): Promise<T> {
  await using _lock = await acquireFileLock(options);
  return await work();
}

async function waitForLock({ path, signal, onWait }: FileLockOptions): Promise<FileLock> {
  const holder = readJsonIfPresent(path);
  onWait(isLockHolder(holder) ? holder : undefined);
  const waited = await tryLock(path, [], signal);
  if (waited === undefined) throw new Error(`flock could not lock ${path}`);
  return waited;
}

async function tryLock(path: string, flags: readonly string[], signal?: AbortSignal): Promise<FileLock | undefined> {
  signal?.throwIfAborted();
  // Without a fork flock(1) itself becomes the shell that waits: one process, which ends with our end of its input.
  const command = ['--exclusive', ...flags, '--no-fork', path, 'sh', '-c', 'echo locked; exec cat >/dev/null'];
  const child = spawn('flock', command, {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // Ctrl-C reaches the whole foreground group; the lock must outlive our own clean-up.
  });
  const abort = (): void => void child.kill();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const locked = await Promise.race([
      once(child.stdout, 'data').then(() => true),
      once(child, 'exit').then(() => false),
    ]);
    signal?.throwIfAborted();
    return locked ? heldBy(child) : undefined;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function heldBy(child: ChildProcess): FileLock {
  const ended = once(child, 'exit');
  const release = async (): Promise<void> => {
    child.stdin?.end();
    await ended;
  };
  return { release, [Symbol.asyncDispose]: release };
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
