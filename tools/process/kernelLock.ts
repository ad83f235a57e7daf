import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { LockFailedError, type LockAttempt, type LockHandle } from './lockHandle.ts';

/** This machine has no flock(1), as macOS has none. */
export class NoFlockError extends Error {
  override readonly name = 'NoFlockError';
}

const busyExitCode = 75;

/**
 * Takes a lock that the kernel holds for a flock(1) child, which ends with our end of its input, so that the lock of a
 * killed process is free at once; undefined when another holds it and `wait` is false.
 * @throws NoFlockError without flock(1); LockFailedError when it fails for any other reason than a holder; the signal's
 * reason when it fires first.
 */
export async function takeKernelLock({ path, wait, signal }: LockAttempt): Promise<LockHandle | undefined> {
  signal?.throwIfAborted();
  const child = startFlock(path, wait);
  const abort = (): void => void child.kill();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const outcome = await outcomeOf(child);
    signal?.throwIfAborted();
    if (outcome === 'locked') return heldBy(child);
    if (child.exitCode === busyExitCode) return undefined;
    throw new LockFailedError(
      path,
      outcome.trim() === '' ? `flock ended with ${child.exitCode ?? child.signalCode ?? 'nothing'}` : outcome.trim(),
    );
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function startFlock(path: string, wait: boolean): ChildProcess {
  // Without a fork flock(1) itself becomes the shell that waits: one process, which ends with our end of its input.
  const flags = [
    '--exclusive',
    '--conflict-exit-code',
    String(busyExitCode),
    ...(wait ? [] : ['--nonblock']),
    '--no-fork',
  ];
  return spawn('flock', [...flags, path, 'sh', '-c', 'echo locked; exec cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // Ctrl-C reaches the whole foreground group; the lock must outlive our own clean-up.
  });
}

/** `locked`, or what flock said before it ended. */
async function outcomeOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve('locked'));
    child.once('close', () => resolve(said));
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new NoFlockError('there is no flock(1)', { cause: error }) : error);
    });
  });
}

function heldBy(child: ChildProcess): LockHandle {
  const ended = once(child, 'exit');
  return {
    release: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}
