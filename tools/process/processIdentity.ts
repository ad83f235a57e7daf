import { readFileSync } from 'node:fs';

/** Names one process for ever: a process id alone is given to another process sooner or later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks after boot, field 22 of /proc/PID/stat (proc(5)). */
  readonly startTime: string;
  /** Changes with every boot of the machine. */
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

/** The identity of the process that has this id now; undefined when none has, or only a zombie. */
export function identifyProcess(pid: number, read: ProcReader = readProc): ProcessIdentity | undefined {
  const stat = read(`/proc/${String(pid)}/stat`);
  const bootId = read('/proc/sys/kernel/random/boot_id');
  if (stat === undefined || bootId === undefined) return undefined;
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTime = fields[19];
  if (startTime === undefined || state === 'Z' || state === 'X') return undefined;
  return { pid, startTime, bootId: bootId.trim() };
}

/** Whether that very process still runs, not one that was given its id later or after a reboot. */
export function isSameProcessAlive(identity: ProcessIdentity, read: ProcReader = readProc): boolean {
  const current = identifyProcess(identity.pid, read);
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
