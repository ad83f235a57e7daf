import { lookup } from 'node:dns/promises';
import type { HostAddress } from '../hostAddress.ts';

/**
 * Asks the system, as everything else in the process does: the hosts file and search domains count. IPv4 comes first,
 * since agents that listen on one family listen on that one.
 */
export async function resolveHost(host: string): Promise<readonly HostAddress[]> {
  const answers = await lookup(host, { all: true, order: 'ipv4first' });
  return answers.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}
