import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DiskNearlyFullError } from './errors/diskNearlyFullError.ts';
import { MissingKernelFeatureError } from './errors/missingKernelFeatureError.ts';
import { NotLinuxError } from './errors/notLinuxError.ts';
import { NotRootError } from './errors/notRootError.ts';
import { readProc, type ProcReader } from '../process/processIdentity.ts';
import { runCommand } from './runCommand.ts';

/** Room that images, their unpacked files and volumes of the whole demonstration need. */
const REQUIRED_DISK_BYTES = 6 * 1024 ** 3;

/** One of iptables' two kernel interfaces. */
export type IptablesMode = 'nft' | 'legacy';

/** Which interface each component that writes rules uses; different ones where the kernel has both. */
export interface IptablesModes {
  readonly kubeProxy: IptablesMode;
  readonly kubeRouter: IptablesMode;
}

/**
 * Refuses systems and users that cannot run a cluster, before anything is touched.
 *
 * @throws NotLinuxError
 * @throws NotRootError
 */
export function requireLinuxAndRoot(platform: string, userId: number): void {
  if (platform !== 'linux') throw new NotLinuxError(platform);
  if (userId !== 0) throw new NotRootError(userId);
}

/**
 * Checks what /proc tells about the kernel.
 *
 * @throws MissingKernelFeatureError naming the first feature that is missing.
 */
export function requireKernelFeatures(
  read: ProcReader = readProc,
  exists: (path: string) => boolean = existsSync,
): void {
  for (const namespace of ['pid', 'net', 'mnt', 'uts', 'ipc']) {
    if (!exists(`/proc/self/ns/${namespace}`)) {
      throw new MissingKernelFeatureError(`${namespace} namespaces`, 'Run a kernel that has them.');
    }
  }
  if (!/\boverlay$/m.test(read('/proc/filesystems') ?? '')) {
    throw new MissingKernelFeatureError('the overlay file system', 'Try: modprobe overlay.');
  }
  if (!exists('/proc/sys/net/bridge/bridge-nf-call-iptables')) {
    throw new MissingKernelFeatureError('bridge netfilter', 'Try: modprobe br_netfilter.');
  }
  if (!exists('/sys/fs/cgroup')) {
    throw new MissingKernelFeatureError('cgroups mounted on /sys/fs/cgroup', 'Mount them.');
  }
}

// One rule of each kind that the node itself, kube-proxy, kube-router and the CNI plugins write.
const IPTABLES_PROBE = [
  'set -e',
  '$0 -t nat -A POSTROUTING -m comment --comment probe -j MASQUERADE',
  '$0 -t nat -A PREROUTING -m statistic --mode random --probability 0.5 -j RETURN',
  '$0 -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j RETURN',
  '$0 -t mangle -A PREROUTING -i eth0 ! -s 192.0.2.1 -j DROP',
  '$0 -A FORWARD -m conntrack --ctstate INVALID -j DROP',
  '$0 -A FORWARD -j MARK --set-xmark 0x1/0x1',
  'ipset create probe hash:ip',
  '$0 -A FORWARD -m set --match-set probe src -j ACCEPT',
].join('\n');

/**
 * Finds the interfaces that work, by writing rules into a network namespace that ends with the probe.
 *
 * @throws MissingKernelFeatureError when none does.
 */
export async function probeIptables(nodeRootfs: string): Promise<IptablesModes> {
  const probe = (mode: IptablesMode): Promise<string> =>
    runCommand(['unshare', '--net', 'chroot', nodeRootfs, '/bin/sh', '-c', IPTABLES_PROBE, `iptables-${mode}`]);
  const [nft, legacy] = await Promise.allSettled([probe('nft'), probe('legacy')]);
  if (nft.status === 'fulfilled')
    return { kubeProxy: 'nft', kubeRouter: legacy.status === 'fulfilled' ? 'legacy' : 'nft' };
  if (legacy.status === 'fulfilled') return { kubeProxy: 'legacy', kubeRouter: 'legacy' };
  const remedy = 'Try: modprobe -a ip_tables iptable_nat xt_set ip_set_hash_ip xt_statistic xt_addrtype.';
  throw new MissingKernelFeatureError('parts of iptables or ipset', remedy, { cause: legacy.reason });
}

/**
 * Checks the disk that the state lies on, or will lie on.
 *
 * @throws DiskNearlyFullError
 */
export async function requireDiskRoom(directory: string, requiredBytes: number = REQUIRED_DISK_BYTES): Promise<void> {
  let existing = directory;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  if (bavail * bsize < requiredBytes) throw new DiskNearlyFullError(directory, bavail * bsize, requiredBytes);
}
