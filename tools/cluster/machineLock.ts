import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { withFileLock, type LockHolder } from '../process/fileLock.ts';
import { makePrivateDirectory } from '../process/privateFiles.ts';
import { MachineBusyError } from './errors/machineBusyError.ts';

// One for all clusters of the machine, whatever their state directories, where only root can hold it. What is in /run is
// gone after a reboot, and so are the links and listeners that it is about.
const MACHINE_LOCK = '/run/tracewright/clusters.lock';

/** What {@link withMachineLock} takes. */
export interface MachineLockOptions {
  /** Milliseconds since the epoch; it is not waited for any longer. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
  /** Told when another run has to be waited for. */
  readonly onEvent: (detail: string) => void;
  /** @defaultValue `/run/tracewright/clusters.lock` */
  readonly path?: string;
}

/**
 * Does the work while no other run on this machine chooses a port or a link for its cluster.
 *
 * @throws MachineBusyError when another holds the lock until the deadline; the signal's reason when it fires first.
 */
export async function withMachineLock<T>(options: MachineLockOptions, work: () => Promise<T>): Promise<T> {
  const { path = MACHINE_LOCK, deadline, onEvent } = options;
  makePrivateDirectory(dirname(path));
  chmodSync(dirname(path), 0o700);
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onWait = (holder: LockHolder | undefined): void => {
    const who = holder === undefined ? '' : ` (process ${String(holder.pid)})`;
    onEvent(`waiting for another cluster of this machine to choose its network link${who}`);
    timer = setTimeout(() => late.abort(new MachineBusyError(path, holder)), Math.max(0, deadline - Date.now()));
  };
  const signal = options.signal === undefined ? late.signal : AbortSignal.any([options.signal, late.signal]);
  try {
    return await withFileLock({ path, signal, onWait }, () => {
      clearTimeout(timer);
      return work();
    });
  } finally {
    clearTimeout(timer);
  }
}
