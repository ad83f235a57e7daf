import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cgroupDirectories } from './cgroups.ts';
import { readProc, type ProcReader } from '../process/processIdentity.ts';

/** Sums the resident memory (VmRSS) of every process in the cluster's cgroups, pods included. */
export function clusterMemoryBytes(cgroupName: string, read: ProcReader = readProc): number {
  const memory =
    cgroupDirectories(cgroupName).find((path) => path.includes('/memory/')) ?? cgroupDirectories(cgroupName)[0];
  if (memory === undefined) return 0;
  const kibibytes = processIds(memory, read).map((pid) => {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '');
    return Number(match?.[1] ?? 0);
  });
  return kibibytes.reduce((sum, value) => sum + value, 0) * 1024;
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
