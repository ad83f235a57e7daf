import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cgroupDirectories } from './cgroups.ts';
import { readProc, type ProcReader } from '../process/processIdentity.ts';

/** Sums the resident memory (VmRSS) of every process in the cluster's cgroups, pods included. */
export function clusterMemoryBytes(cgroupName: string, read: ProcReader = readProc): number {
  const kibibytes = clusterProcessIds(cgroupName, read).map((pid) => {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '');
    return Number(match?.[1] ?? 0);
  });
  return kibibytes.reduce((sum, value) => sum + value, 0) * 1024;
}

/** The ids of every process in the cluster's cgroups, pods included, each in a PID namespace of its own. */
export function clusterProcessIds(cgroupName: string, read: ProcReader = readProc): readonly string[] {
  const directories = cgroupDirectories(cgroupName);
  const memory = directories.find((path) => path.includes('/memory/')) ?? directories[0];
  return memory === undefined ? [] : processIds(memory, read);
}

function processIds(directory: string, read: ProcReader): readonly string[] {
  const own = (read(join(directory, 'cgroup.procs')) ?? '').split('\n').filter(Boolean);
  return [...own, ...childrenOf(directory).flatMap((child) => processIds(child, read))];
}

function childrenOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(directory, entry.name));
  } catch {
    return []; // Cgroups of pods come and go.
  }
}
