import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Names one process for ever: a process id alone is given to another process sooner or later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks after boot, field 22 of /proc/PID/stat (proc(5)); where there is no /proc, a date in UTC. */
  readonly startTime: string;
  /** Changes with every boot of the machine; `none` where the start time is a date. */
  readonly bootId: string;
}

/** Reads a file of /proc; undefined when it is not there. */
export type ProcReader = (path: string) => string | undefined;

/** Reads the running kernel's /proc. */
export const readProc: ProcReader = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // The process is gone: that is the answer, not a failure.
  }
};

/** State and start of a process as ps(1) gives them; undefined when there is no such process. */
export type PsReader = (pid: number) => string | undefined;

/** Asks ps(1), in one language and time zone so that answers can be compared. */
const readPs: PsReader = (pid) => {
  const fields = ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)];
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC0' };
  const { status, stdout } = spawnSync('ps', fields, { encoding: 'utf8', env: environment, timeout: 5_000 });
  return status === 0 ? stdout : undefined;
};

const bootIdPath = '/proc/sys/kernel/random/boot_id';

/**
 * The identity of the process that has this id now; undefined when none has, or only one that has ended. Without
 * Linux's /proc, as on macOS, it is read from ps(1).
 */
export function identifyProcess(
  pid: number,
  read: ProcReader = readProc,
  ps: PsReader = readPs,
): ProcessIdentity | undefined {
  const bootId = read(bootIdPath);
  if (bootId === undefined) return parsePs(pid, ps(pid));
  const stat = read(`/proc/${String(pid)}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, threads, startTime] = [fields[0], Number(fields[17]), fields[19]];
  // A first thread that has ended is a zombie while others still hold the process's sockets.
  const hasEnded = state === 'X' || (state === 'Z' && threads <= 1);
  return startTime === undefined || hasEnded ? undefined : { pid, startTime, bootId: bootId.trim() };
}

function parsePs(pid: number, line: string | undefined): ProcessIdentity | undefined {
  const [, state, startTime] = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(line ?? '') ?? [];
  return startTime === undefined || state?.startsWith('Z') === true ? undefined : { pid, startTime, bootId: 'none' };
}

/** Whether that very process still runs, not one that was given its id later or after a reboot. */
export function isSameProcessAlive(
  identity: ProcessIdentity,
  read: ProcReader = readProc,
  ps: PsReader = readPs,
): boolean {
  const current = identifyProcess(identity.pid, read, ps);
  return current !== undefined && current.startTime === identity.startTime && current.bootId === identity.bootId;
}

/** Reads an identity out of JSON; undefined when it is none. */
export function parseProcessIdentity(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, startTime, bootId } = value as Partial<Record<string, unknown>>;
  if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 2) return undefined;
  if (typeof startTime !== 'string' || typeof bootId !== 'string') return undefined;
  return { pid, startTime, bootId };
}
