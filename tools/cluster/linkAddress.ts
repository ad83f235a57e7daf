import type { LinkAddress } from './clusterState.ts';
import { NoFreeLinkError } from './errors/noFreeLinkError.ts';

/** A block of IPv4 addresses. */
export interface Ipv4Block {
  /** Any address of the block, as an unsigned 32-bit number. */
  readonly address: number;
  /** 0 to 32. */
  readonly prefixLength: number;
}

/** Prefix length of every link: two usable addresses. */
export const LINK_PREFIX_LENGTH = 30;

// Private ranges (RFC 1918) that home routers, cloud networks and container engines seldom begin with.
const POOLS = ['10.231.0.0/16', '172.29.240.0/20', '192.168.231.0/24'] as const;

const BLOCK_SIZE = 4;

/**
 * Chooses the link's two addresses: a /30 that shares no address with any block in use. Clusters begin
 * looking at different places, so that two that start at once seldom choose the same.
 *
 * @param seed - the cluster's id; the same seed and blocks give the same answer
 * @throws NoFreeLinkError when every candidate overlaps with a block in use.
 */
export function chooseLinkAddress(seed: string, used: readonly Ipv4Block[]): LinkAddress {
  for (const pool of POOLS) {
    const free = findFreeBlock(parseIpv4Block(pool), seed, used);
    if (free !== undefined) return { hostAddress: formatIpv4(free + 1), nodeAddress: formatIpv4(free + 2) };
  }
  throw new NoFreeLinkError(POOLS);
}

/** Whether a link's block shares no address with any of the blocks. */
export function isLinkFree(link: LinkAddress, used: readonly Ipv4Block[]): boolean {
  const block = { address: parseIpv4(link.hostAddress), prefixLength: LINK_PREFIX_LENGTH };
  return !used.some((other) => blocksOverlap(block, other));
}

/**
 * Reads `a.b.c.d/n`, or `a.b.c.d` as a /32.
 *
 * @throws RangeError for anything else.
 */
export function parseIpv4Block(text: string): Ipv4Block {
  const [address = '', length = '32'] = text.split('/');
  const prefixLength = Number(length);
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > 32) {
    throw new RangeError(`${text} is not an IPv4 block: the prefix length must be 0 to 32`);
  }
  return { address: parseIpv4(address), prefixLength };
}

function findFreeBlock(pool: Ipv4Block, seed: string, used: readonly Ipv4Block[]): number | undefined {
  const count = 2 ** (LINK_PREFIX_LENGTH - pool.prefixLength);
  const start = hash(seed) % count;
  for (let step = 0; step < count; step += 1) {
    const address = pool.address + ((start + step) % count) * BLOCK_SIZE;
    const candidate = { address, prefixLength: LINK_PREFIX_LENGTH };
    if (!used.some((other) => blocksOverlap(candidate, other))) return address;
  }
  return undefined;
}

function blocksOverlap(left: Ipv4Block, right: Ipv4Block): boolean {
  const size = 2 ** (32 - Math.min(left.prefixLength, right.prefixLength));
  return Math.floor(left.address / size) === Math.floor(right.address / size);
}

function parseIpv4(text: string): number {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) {
    throw new RangeError(`${JSON.stringify(text)} is not an IPv4 address`);
  }
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

// FNV-1a: spreads ids over the pool; nothing depends on its strength.
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
