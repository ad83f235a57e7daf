import { isIP } from 'node:net';

/** An IPv4 address as a socket of IPv6 has it. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/**
 * Where a browser is.
 *
 * @param remote - where the connection comes from
 * @param forwardedFor - what proxies and, before them, anybody wrote into `X-Forwarded-For`
 * @param hops - how many proxies are trusted: each has added the address that it was asked from at the end
 */
export function clientAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  hops: number,
): string | undefined {
  const said = (forwardedFor ?? '').split(',').map((address) => address.trim().replace(MAPPED, ''));
  // Of a list that is shorter, the request came by fewer proxies.
  const trusted = hops === 0 ? [] : said.slice(-hops);
  return trusted.find((address) => isIP(address) !== 0) ?? remote?.replace(MAPPED, '');
}
