import type { NodeLink } from './nodeProcess.ts';
import { podCidrOf } from './components/component.ts';
import { runCommand } from './runCommand.ts';
import { WORKER_GATEWAY, workerAddressOf } from './workerAddress.ts';

/** A worker's link: one veth pair between the first node and the worker. The host has no end of it. */
export interface WorkerLink extends NodeLink {
  /** Whether the first node has its end. */
  readonly exists: () => Promise<boolean>;
}

/**
 * Works on the first node's network with the node's own `ip` program.
 *
 * @param primaryPid - the first node's first process
 */
export function createWorkerLink(primaryPid: number, number: number, nodeRootfs: string): WorkerLink {
  // The network namespace alone: the worker's process is named by its id on the host.
  const network = ['nsenter', `--net=/proc/${String(primaryPid)}/ns/net`, 'chroot', nodeRootfs, '/sbin/ip'];
  const ip = (...command: string[]): Promise<string> => runCommand([...network, ...command]);
  const name = `node${String(number)}`;
  const exists = async (): Promise<boolean> => (await ip('-oneline', 'link', 'show')).includes(` ${name}@`);
  return {
    exists,
    create: async (pid) => {
      await ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid));
      await ip('address', 'add', WORKER_GATEWAY, 'peer', workerAddressOf(number), 'dev', name);
      await ip('link', 'set', name, 'up');
      await ip('route', 'add', podCidrOf({ number }), 'via', workerAddressOf(number), 'dev', name);
    },
    remove: async () => {
      if (!(await exists())) return;
      try {
        await ip('link', 'delete', name);
      } catch (error) {
        // The kernel removes the pair by itself when a worker's namespace ends, perhaps in this very moment.
        if (await exists()) throw error;
      }
    },
  };
}
