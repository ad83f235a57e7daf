/** Thrown when a process of the cluster is still there some time after it was killed. */
export class ProcessStillAliveError extends Error {
  override readonly name = 'ProcessStillAliveError';
  readonly pid: number;

  constructor(what: string, pid: number, seconds: number) {
    super(
      `${what} (pid ${String(pid)}) is still there ${String(seconds)} s after it was killed; ` +
        'it may wait for a disk. Run the command again when it has ended.',
    );
    this.pid = pid;
  }
}
