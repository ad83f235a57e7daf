import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportDetail } from '../console/phases.ts';
import { killProcess } from '../cluster/killProcess.ts';
import { identifyProcess, readProc } from '../process/processIdentity.ts';

/** An update that an earlier command started does not end. */
export class UpdateStillRunsError extends Error {
  override readonly name = 'UpdateStillRunsError';

  constructor(pid: number, seconds: number) {
    super(
      `an update that an earlier, killed command started (process ${pid}) still runs after ${seconds} s: end it, then run this again`,
    );
  }
}

export interface StaleLockOptions {
  /** The backend of an engine of ours. */
  readonly stateDirectory: string;
  /** Another stack of the same backend may be updated meanwhile. */
  readonly stack: string;
  /** Frees the stack. */
  readonly cancel: () => Promise<void>;
  readonly report: ReportDetail;
  readonly signal?: AbortSignal;
  /** @defaultValue 300 */
  readonly timeoutSeconds?: number;
}

/**
 * Frees a stack whose last update was killed. Whoever calls this holds the deployment's lock, and the backend is this
 * checkout's own: a lock in it is left over, once the engine that took it has ended. A killed `up` can leave that engine
 * running, and two updates at once would spoil the state: it is waited for.
 * @throws UpdateStillRunsError when it does not end in time.
 */
export async function releaseStaleLock({
  stateDirectory,
  stack,
  cancel,
  report,
  signal,
  timeoutSeconds = 300,
}: StaleLockOptions): Promise<void> {
  const holders = await readLockHolders(stateDirectory, stack);
  if (holders.length === 0) return;
  for (const pid of holders) {
    const deadline = Date.now() + timeoutSeconds * 1000;
    while (isEngine(pid)) {
      if (Date.now() > deadline) throw new UpdateStillRunsError(pid, timeoutSeconds);
      report(`waiting for the update of an earlier, killed command (process ${pid}) to end`);
      await sleep(250, undefined, { signal });
    }
  }
  report('the last update was cut short: freeing the stack');
  await cancel();
}

/** Ends the updates that killed commands left running on a backend which is about to be removed. */
export async function endLeftUpdates(stateDirectory: string): Promise<void> {
  for (const pid of (await readLockHolders(stateDirectory)).filter(isEngine)) {
    const engine = identifyProcess(pid);
    if (engine !== undefined) await killProcess(engine, 'the Pulumi engine of a killed command');
  }
}

/** Whether a process is a Pulumi engine: its number alone is given to another sooner or later. */
function isEngine(pid: number): boolean {
  if (identifyProcess(pid) === undefined) return false;
  const commandLine = readProc(`/proc/${pid}/cmdline`);
  return commandLine === undefined || basename(commandLine.split('\0')[0] ?? '') === 'pulumi';
}

/**
 * The processes that Pulumi's lock files name, of one stack or of all; 0, which is nobody's, for a file that was cut short.
 * The files of a stack lie in a directory of its name (Pulumi 3.160 `pkg/backend/diy/lock.go`).
 */
async function readLockHolders(stateDirectory: string, stack?: string): Promise<number[]> {
  const locks = join(stateDirectory, 'pulumi', 'state', '.pulumi', 'locks');
  const entries = await readdir(locks, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .filter(({ parentPath }) => stack === undefined || basename(parentPath) === stack);
  return Promise.all(
    files.map(async ({ parentPath, name }) => pidOf(await readFile(join(parentPath, name), 'utf8').catch(() => ''))),
  );
}

function pidOf(text: string): number {
  try {
    const { pid } = JSON.parse(text) as { readonly pid?: unknown };
    return typeof pid === 'number' ? pid : 0;
  } catch {
    return 0;
  }
}
