import { readFileSync } from 'node:fs';

/**
 * Packets that the kernel has dropped at the UDP sockets of a port, because their buffers were full: the last column of
 * /proc/net/udp and udp6 (Linux, net/ipv4/udp.c).
 */
export function kernelDrops(port: number): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/udp', '/proc/net/udp6']
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local]) => local?.endsWith(suffix) === true)
    .reduce((sum, columns) => sum + Number(columns.at(-1)), 0);
}
