import { execa } from 'execa';
import { readdir } from 'node:fs/promises';

/** What a cluster must leave as it was: interfaces, routes, mounts, firewall and cgroups of the host. */
export async function describeHost(): Promise<Readonly<Record<string, string>>> {
  const [links, addresses, routes, mounts, firewall, nftables] = await Promise.all([
    read('ip', ['-oneline', 'link', 'show']),
    read('ip', ['-oneline', 'address', 'show']),
    read('ip', ['route', 'show', 'table', 'all']),
    read('cat', ['/proc/mounts']),
    read('cat', ['/proc/net/ip_tables_names']),
    read('nft', ['list', 'ruleset']),
  ]);
  return { links, addresses, routes, mounts, firewall, nftables, cgroups: await listCgroups() };
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

async function read(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execa(command, args, { reject: false });
  // A lease's or neighbour's remaining seconds count down by themselves.
  return stdout.replaceAll(/(valid_lft|preferred_lft|expires) \d+sec/g, '$1');
}
