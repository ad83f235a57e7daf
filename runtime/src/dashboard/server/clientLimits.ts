import { isIPv6 } from 'node:net';

/** A client may do so much at once, and gets so much again each second. */
export interface ClientLimit {
  readonly burst: number;
  readonly perSecond: number;
}

const MAX_CLIENTS = 5_000;

interface Allowance {
  left: number;
  atMillis: number;
}

/**
 * Bounds how often clients ask, each address by itself; of IPv6, each network of 64 bits, all of which one machine may have. The
 * one that was seen least lately is forgotten when there are many.
 */
export class ClientLimits {
  readonly #limit: ClientLimit;
  readonly #monotonicMillis: () => number;
  readonly #clients = new Map<string, Allowance>();

  constructor(limit: ClientLimit, monotonicMillis: () => number) {
    this.#limit = limit;
    this.#monotonicMillis = monotonicMillis;
  }

  /** Seconds to wait where a client has done too much; 0 where it has not. */
  waitSeconds(address: string | undefined): number {
    const { left } = this.#allowanceOf(clientOf(address));
    return left >= 1 ? 0 : Math.ceil((1 - left) / this.#limit.perSecond);
  }

  /** Counts one, where it is not too much. @returns seconds to wait where it is; 0 where it is not */
  take(address: string | undefined): number {
    const waitSeconds = this.waitSeconds(address);
    if (waitSeconds === 0) this.#allowanceOf(clientOf(address)).left -= 1;
    return waitSeconds;
  }

  #allowanceOf(client: string): Allowance {
    const { burst, perSecond } = this.#limit;
    const nowMillis = this.#monotonicMillis();
    const known = this.#clients.get(client) ?? { left: burst, atMillis: nowMillis };
    known.left = Math.min(burst, known.left + ((nowMillis - known.atMillis) * perSecond) / 1000);
    known.atMillis = nowMillis;
    // Put at the end: the first is the one seen least lately.
    this.#clients.delete(client);
    this.#clients.set(client, known);
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > MAX_CLIENTS && oldest !== undefined) this.#clients.delete(oldest);
    return known;
  }
}

function clientOf(address = ''): string {
  if (!isIPv6(address)) return address;
  const [before = '', after] = address.split('::');
  const groups = before === '' ? [] : before.split(':');
  const behind = after === undefined || after === '' ? [] : after.split(':');
  const left = after === undefined ? [] : Array.from({ length: 8 - groups.length - behind.length }, () => '0');
  return [...groups, ...left, ...behind].slice(0, 4).join(':');
}
