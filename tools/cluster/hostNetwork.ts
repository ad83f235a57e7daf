import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LinkAddress } from './clusterState.ts';
import { LINK_PREFIX_LENGTH, parseIpv4Block, type Ipv4Block } from './linkAddress.ts';
import { nodeCommand } from './nodeCommand.ts';
import { readProc, type ProcReader } from '../process/processIdentity.ts';
import { runCommand } from './runCommand.ts';

const VANISH_MILLIS = 5000;
const POLL_MILLIS = 20;

/** The host's side of a cluster's network: one veth pair and its address, nothing else. */
export interface HostNetwork {
  /** Blocks of every address and route of the host but the default route and this cluster's own link. */
  readonly usedBlocks: () => readonly Ipv4Block[];
  /** Whether the link is there and carries this address. */
  readonly linkHasAddress: (address: string) => boolean;
  /** Makes the pair: one end here, the other, named eth0, in the process' network namespace. */
  readonly createLink: (link: LinkAddress, pid: number) => Promise<void>;
  /** Removes the pair if it is there. */
  readonly removeLink: () => Promise<void>;
}

/** Uses the node's own `ip` program on the host's network, so that the host needs none. */
export function createHostNetwork(linkName: string, nodeRootfs: string): HostNetwork {
  const ip = (...command: string[]): Promise<string> => runCommand(['chroot', nodeRootfs, '/sbin/ip', ...command]);
  return {
    usedBlocks: () => readUsedBlocks(linkName),
    linkHasAddress: (address) => addressesOf(linkName).includes(address),
    createLink: async (link, pid) => {
      await ip('link', 'add', linkName, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid));
      await ip('address', 'add', `${link.hostAddress}/${String(LINK_PREFIX_LENGTH)}`, 'dev', linkName);
      await ip('link', 'set', linkName, 'up');
    },
    removeLink: () => removeIfPresent(linkName, ip),
  };
}

/**
 * Removes the pair from inside a node that runs, with the node's own program: without it the host's end
 * would stay for as long as the kernel tries to close the dead node's connections.
 */
export async function removeNodeLink(pid: number): Promise<void> {
  try {
    await runCommand(nodeCommand(pid, ['ip', 'link', 'delete', 'eth0']));
  } catch {
    // A node that is just ending or has lost its link: what is left is removed from the host's side.
  }
}

/**
 * Waits for a pair to vanish with its namespace, as the kernel has it, and removes it with the host's
 * own `ip` when it does not: some process may still hold the namespace.
 */
export async function removeHostLink(linkName: string): Promise<void> {
  for (let waited = 0; linkExists(linkName) && waited < VANISH_MILLIS; waited += POLL_MILLIS) await sleep(POLL_MILLIS);
  await removeIfPresent(linkName, (...command) => runCommand(['ip', ...command]));
}

/**
 * Reads the destinations out of /proc/net/route, but those of one interface and the default route,
 * which covers every address and therefore says nothing.
 */
export function parseRoutes(table: string, exceptInterface: string): readonly Ipv4Block[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/))
    .filter(([name, destination]) => destination !== undefined && name !== exceptInterface)
    .map((fields) => ({ address: littleEndian(fields[1]), prefixLength: maskLength(littleEndian(fields[7])) }))
    .filter((block) => block.prefixLength > 0);
}

async function removeIfPresent(linkName: string, ip: (...command: string[]) => Promise<string>): Promise<void> {
  if (!linkExists(linkName)) return;
  try {
    await ip('link', 'delete', linkName);
  } catch (error) {
    // The kernel removes the pair by itself when the namespace ends, perhaps in this very moment.
    if (linkExists(linkName)) throw error;
  }
}

function linkExists(linkName: string): boolean {
  return readProc(`/sys/class/net/${linkName}/ifindex`) !== undefined;
}

function readUsedBlocks(linkName: string, read: ProcReader = readProc): readonly Ipv4Block[] {
  const addresses = Object.entries(networkInterfaces())
    .filter(([name]) => name !== linkName)
    .flatMap(([, infos]) => infos ?? [])
    .filter((info) => info.family === 'IPv4')
    .map((info) => parseIpv4Block(info.cidr ?? info.address));
  return [...addresses, ...parseRoutes(read('/proc/net/route') ?? '', linkName)];
}

function addressesOf(linkName: string): readonly string[] {
  return (networkInterfaces()[linkName] ?? []).map((info) => info.address);
}

function littleEndian(hex: string | undefined): number {
  const bytes = (hex ?? '').padStart(8, '0').match(/../g) ?? [];
  return bytes.reverse().reduce((sum, byte) => sum * 256 + Number.parseInt(byte, 16), 0);
}

function maskLength(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}
