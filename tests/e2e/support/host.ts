import { execa } from 'execa';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { startToolchain } from '../../../tools/toolchain/toolchain.ts';

/**
 * What a cluster must leave as it was: interfaces, routes, mounts, firewall, cgroups of the host, and what can be
 * reached from outside. Read with the node's own programs, so that a host that lacks one is described as well.
 *
 * @param networkOf - a process whose network is described; mounts and cgroups are this process' own
 */
export async function describeHost(networkOf = process.pid): Promise<Readonly<Record<string, string>>> {
  const rootfs = await nodeRootfs();
  const run = (...command: readonly string[]): Promise<string> => runIn(rootfs, networkOf, command);
  const [links, addresses, routes, ...firewall] = await Promise.all([
    run('ip', '-oneline', 'link', 'show'),
    run('ip', '-oneline', 'address', 'show'),
    run('ip', 'route', 'show', 'table', 'all'),
    ...['iptables-nft-save', 'iptables-legacy-save', 'ip6tables-nft-save', 'ip6tables-legacy-save'].map((save) =>
      run(save),
    ),
  ]);
  return {
    links,
    addresses,
    routes,
    firewall: firewall.join('\n'),
    mounts: await readFile('/proc/mounts', 'utf8'),
    cgroups: await listCgroups(),
    listeners: await listListeners(networkOf),
  };
}

/** Runs one of the node's programs, which must succeed, on a process' network; its /proc ends with it. */
export async function runIn(rootfs: string, networkOf: number, command: readonly string[]): Promise<string> {
  const script = 'root=$1; shift; mount -t proc proc "$root/proc" && exec chroot "$root" "$@"';
  const network = `--net=/proc/${networkOf}/ns/net`;
  const { stdout } = await execa(
    'nsenter',
    [network, 'unshare', '--mount', 'sh', '-c', script, 'sh', rootfs, ...command],
    {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    },
  );
  return withoutCounters(stdout);
}

/** The root file system that the nodes are made of. */
export async function nodeRootfs(): Promise<string> {
  const toolchain = startToolchain({
    parts: ['node-rootfs'],
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
  });
  return join((await toolchain.ready('node-rootfs')).directory, 'rootfs');
}

/** Remaining seconds of leases, packets counted by rules and the time of the listing change by themselves. */
function withoutCounters(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.replaceAll(/(valid_lft|preferred_lft|expires) \d+sec/g, '$1').replace(/\[\d+:\d+\]/, ''))
    .join('\n');
}

/** The first two levels of every cgroup hierarchy. */
async function listCgroups(): Promise<string> {
  const root = '/sys/fs/cgroup';
  const controllers = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const children = controllers.map(async ({ name }) => {
    const groups = (await readdir(`${root}/${name}`, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    return groups.map((group) => `${name}/${group.name}`);
  });
  return (await Promise.all(children)).flat().sort().join('\n');
}

/** Addresses and ports, as /proc prints them, of TCP servers that are not on loopback alone. */
async function listListeners(networkOf: number): Promise<string> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/${networkOf}/net/${table}`, 'utf8')));
  const LISTEN = '0A';
  const isLoopback = (address: string): boolean =>
    /^[0-9A-F]{6}7F:/.test(address) || address.startsWith('00000000000000000000000001000000:');
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([, address = '', , state]) => (state === LISTEN && !isLoopback(address) ? [address] : []))
    .sort()
    .join('\n');
}
