import { join } from 'node:path';
import { cgroupDirectories } from '../../../tools/cluster/cgroups.ts';
import { readProc, type ProcReader } from '../../../tools/process/processIdentity.ts';

/** Clock ticks of /proc in a second: 100 on every Linux that Node runs on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that the machine has used in all, and what it could not use because a hypervisor took it. */
export interface MachineTime {
  readonly busySeconds: number;
  readonly idleSeconds: number;
  readonly stolenSeconds: number;
}

/** Reads /proc/stat (proc(5)). Time of guests is in `user` already. */
export function machineTime(read: ProcReader = readProc): MachineTime {
  const line = /^cpu +(.*)$/m.exec(read('/proc/stat') ?? '')?.[1] ?? '';
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softirq = 0, stolen = 0] = line
    .split(' ')
    .map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  return {
    busySeconds: user + nice + system + irq + softirq,
    idleSeconds: idle + wait,
    stolenSeconds: stolen,
  };
}

/** Seconds of processor time that these processes have used. @throws Error when one has ended: a sum would hide it. */
export function processSeconds(pids: readonly string[], read: ProcReader = readProc): number {
  return pids.reduce((sum, pid) => {
    // The program's name, in brackets, may have spaces in it; 12 and 13 fields later come user and system time.
    const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ');
    if (fields === undefined) throw new Error(`process ${pid} has ended`);
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }, 0);
}

/** Seconds of processor time that a local cluster has used with all that was ever in it. */
export function clusterSeconds(cgroupName: string, read: ProcReader = readProc): number {
  for (const directory of cgroupDirectories(cgroupName)) {
    const nanoseconds = read(join(directory, 'cpuacct.usage'));
    if (nanoseconds !== undefined) return Number(nanoseconds) / 1e9;
    const microseconds = /^usage_usec (\d+)$/m.exec(read(join(directory, 'cpu.stat')) ?? '')?.[1];
    if (microseconds !== undefined) return Number(microseconds) / 1e6;
  }
  throw new Error(`no cgroup ${cgroupName} counts processor time`);
}

/** Seconds for which processes were held back because their containers had used what their limits allow. */
export function heldBackSeconds(pids: readonly string[], read: ProcReader = readProc): number {
  return pids.reduce((sum, pid) => sum + heldBack(read(cpuStatPath(pid, read)) ?? ''), 0);
}

function cpuStatPath(pid: string, read: ProcReader): string {
  const groups = read(`/proc/${pid}/cgroup`) ?? '';
  const version1 = /^\d+:((?:.*,)?cpu(?:,.*)?):(.*)$/m.exec(groups);
  if (version1 !== null) return join('/sys/fs/cgroup', version1[1] ?? '', version1[2] ?? '', 'cpu.stat');
  return join('/sys/fs/cgroup', /^0::(.*)$/m.exec(groups)?.[1] ?? '', 'cpu.stat');
}

function heldBack(stat: string): number {
  const nanoseconds = /^throttled_time (\d+)$/m.exec(stat)?.[1];
  if (nanoseconds !== undefined) return Number(nanoseconds) / 1e9;
  return Number(/^throttled_usec (\d+)$/m.exec(stat)?.[1] ?? 0) / 1e6;
}
