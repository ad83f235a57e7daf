import type { LockHolder } from '../../process/fileLock.ts';

/** Thrown when another run keeps choosing a port and a link for its cluster until ours had to be ready. */
export class MachineBusyError extends Error {
  override readonly name = 'MachineBusyError';
  readonly path: string;
  readonly holder: LockHolder | undefined;

  constructor(path: string, holder: LockHolder | undefined) {
    const who = holder === undefined ? 'another run' : `process ${String(holder.pid)} (since ${holder.since})`;
    super(
      `The lock ${path}, under which clusters choose their network links, is held by ${who}. ` +
        'Run the command again when that has ended, or end it.',
    );
    this.path = path;
    this.holder = holder;
  }
}
