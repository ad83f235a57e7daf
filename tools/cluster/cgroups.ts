import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CGROUP_ROOT = '/sys/fs/cgroup';
const REMOVAL_ATTEMPTS = 50;
const REMOVAL_PAUSE_MILLIS = 100;

/** The cluster's own directory in each hierarchy; one hierarchy with cgroup v2, one a controller with v1. */
export function cgroupDirectories(cgroupName: string, root: string = CGROUP_ROOT): readonly string[] {
  if (existsSync(join(root, 'cgroup.controllers'))) return [join(root, cgroupName)];
  const hierarchies = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  // Controllers that share a hierarchy have one directory and a symbolic link each. Version 2's own, which
  // stands beside them without controllers, gets a directory too: runc makes one for every container.
  return hierarchies.map(({ name }) => join(root, name, cgroupName));
}

/**
 * Makes the cluster's cgroups and puts a process into a child of each, so that the node's processes are
 * counted with the cluster and not with whoever typed the command.
 */
export function enterCgroups(cgroupName: string, pid: number): void {
  for (const directory of cgroupDirectories(cgroupName)) {
    const child = join(directory, 'node');
    for (const path of [directory, child]) {
      mkdirSync(path, { recursive: true });
      inheritCpuset(path);
    }
    writeFileSync(join(child, 'cgroup.procs'), String(pid));
  }
}

/** Removes the cluster's cgroups; their processes must have ended, and the kernel needs a moment to notice. */
export async function removeCgroups(cgroupName: string): Promise<void> {
  for (const directory of cgroupDirectories(cgroupName)) {
    for (let attempt = 1; existsSync(directory); attempt += 1) {
      try {
        removeTree(directory);
      } catch (error) {
        if (attempt === REMOVAL_ATTEMPTS) throw error;
        await sleep(REMOVAL_PAUSE_MILLIS);
      }
    }
  }
}

function removeTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(directory, entry.name));
  }
  rmdirSync(directory);
}

// A new v1 cpuset is empty, and nothing can run in an empty one.
function inheritCpuset(directory: string): void {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    const path = join(directory, file);
    if (!existsSync(path) || readFileSync(path, 'utf8').trim() !== '') continue;
    const parent = join(directory, '..', file);
    if (existsSync(parent)) writeFileSync(path, readFileSync(parent, 'utf8'));
  }
}
