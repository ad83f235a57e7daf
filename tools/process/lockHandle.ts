/** A held lock. */
export interface LockHandle {
  /** Gives the lock up; again is harmless. */
  readonly release: () => Promise<void>;
}

/** How an attempt at a lock goes. */
export interface LockAttempt {
  readonly path: string;
  /** Whether to wait for another holder. */
  readonly wait: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A lock could not be tried at all: that says nothing about who holds it. */
export class LockFailedError extends Error {
  override readonly name = 'LockFailedError';
  readonly path: string;

  constructor(path: string, reason: string, cause?: unknown) {
    super(`the lock ${path} cannot be taken: ${reason}. Its directory must be writable and on a disk with locks.`, {
      cause,
    });
    this.path = path;
  }
}
