import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { makePrivateDirectory } from './privateFiles.ts';
import { dirname } from 'node:path';

/** A held lock. */
export interface FileLock extends AsyncDisposable {
  /** Gives the lock up; again is harmless. */
  readonly release: () => Promise<void>;
}

/** What {@link acquireFileLock} takes. */
export interface FileLockOptions {
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when another holder has to be waited for. */
  readonly onWait: () => void;
}

/**
 * Takes an exclusive lock, waiting for its holder if there is one. The kernel holds it for a flock(1)
 * child that ends with our end of its input, so that the lock of a killed process is free at once.
 *
 * @throws the signal's reason when it fires first.
 */
export async function acquireFileLock(options: FileLockOptions): Promise<FileLock> {
  makePrivateDirectory(dirname(options.path));
  const immediate = await tryLock(options.path, ['--nonblock'], options.signal);
  if (immediate !== undefined) return immediate;
  options.onWait();
  const waited = await tryLock(options.path, [], options.signal);
  if (waited === undefined) throw new Error(`flock could not lock ${options.path}`);
  return waited;
}

/** Does the work while it holds the lock, and gives the lock up whatever comes of it. */
export async function withFileLock<T>(options: FileLockOptions, work: () => Promise<T>): Promise<T> {
  const lock = await acquireFileLock(options);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function tryLock(path: string, flags: readonly string[], signal?: AbortSignal): Promise<FileLock | undefined> {
  signal?.throwIfAborted();
  const child = spawn('flock', ['--exclusive', ...flags, path, 'sh', '-c', 'echo locked; cat >/dev/null'], {
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
