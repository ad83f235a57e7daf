import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { clusterProcessIds } from '../../../tools/cluster/clusterMemory.ts';
import { readProc } from '../../../tools/process/processIdentity.ts';

/**
 * Ids, on this machine, of the processes of a program in some pods that are on the first node of a local cluster.
 *
 * @param cgroupName - of the cluster
 * @param uids - of the pods
 * @param program - name of its file
 */
export function podProcesses(cgroupName: string, uids: readonly string[], program: string): readonly number[] {
  const isOfPods = (pid: string): boolean => {
    const cgroups = readProc(`/proc/${pid}/cgroup`) ?? '';
    return uids.some((uid) => cgroups.includes(uid));
  };
  return clusterProcessIds(cgroupName)
    .filter((pid) => isOfPods(pid) && programOf(pid) === program)
    .map(Number);
}

/** What it calls itself (`comm`) is its own choice: Node.js is `MainThread`. */
function programOf(pid: string): string | undefined {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return undefined; // It has ended.
  }
}

/** Stops processes where they are: they answer nobody and refuse nobody. Disposing of it lets them go on. */
export function pauseProcesses(pids: readonly number[]): Disposable {
  if (pids.length === 0) throw new Error('there is no process to pause');
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  const paused = new Set(pids);
  return {
    // Once: by a second time their ids may be others'.
    [Symbol.dispose]: () => {
      for (const pid of paused) process.kill(pid, 'SIGCONT');
      paused.clear();
    },
  };
}
