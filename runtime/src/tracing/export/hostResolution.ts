import { isIP } from 'node:net';
import { withTimeout } from '../../core/withTimeout.ts';
import { type HostAddress, isSameAddress, type ResolveHost } from './hostAddress.ts';
import type { TransportHost } from './transportHost.ts';
import { untilAborted } from './untilAborted.ts';

// An error asks for a new look-up, and a dead agent makes errors as fast as packets: DNS must not pay for that.
const MIN_LOOKUP_INTERVAL_MILLIS = 1000;
// How long a packet waits for a look-up while there is an address that it could go to instead.
const PATIENCE_MILLIS = 1000;

/** What a `HostResolution` is made of. */
export interface HostResolutionOptions {
  /** A name or an IP address; the latter is never looked up. */
  readonly name: string;
  /** An address is looked up anew when it is older than this, in milliseconds. */
  readonly refreshMillis: number;
  readonly resolveHost: ResolveHost;
  readonly host: Pick<TransportHost, 'monotonicMillis' | 'schedule'>;
}

/**
 * Knows the address of a host: looked up once and refreshed beside what goes on. While the name cannot be resolved, the
 * last address that was good is kept. One look-up at a time, since each occupies a thread that the application's file
 * system and DNS share.
 */
export class HostResolution {
  readonly #options: HostResolutionOptions;
  #current: HostAddress | undefined;
  #known: readonly HostAddress[] = [];
  #distrusted = false;
  #lookup: Promise<void> | undefined;
  #lookedUpAt = Number.NEGATIVE_INFINITY;

  constructor(options: HostResolutionOptions) {
    this.#options = options;
    this.#current = literalAddress(options.name);
  }

  /**
   * The address to use now. Waits only where there is none yet, or where the last one is distrusted, and then for a
   * second at most.
   *
   * @throws what the look-up said, where there is no address yet; the signal's reason when it is aborted.
   */
  async address(signal: AbortSignal): Promise<HostAddress> {
    const lookup = this.#refresh();
    const usable = this.#distrusted ? undefined : this.#current;
    if (usable !== undefined) return usable;
    if (lookup !== undefined) await this.#waitFor(lookup, signal);
    this.#trustAgain();
    if (this.#current === undefined) throw new Error(`${this.#options.name} has no address`);
    return this.#current;
  }

  /** Says that packets to the current address come to nothing: it is looked up anew at once, and others are preferred. */
  distrust(): void {
    this.#distrusted = true;
  }

  /** The look-up under way; begins one where it is due. */
  #refresh(): Promise<void> | undefined {
    const { name, refreshMillis, host } = this.#options;
    if (isIP(name) !== 0) return undefined;
    const age = host.monotonicMillis() - this.#lookedUpAt;
    const isDue = this.#current === undefined || age >= (this.#distrusted ? MIN_LOOKUP_INTERVAL_MILLIS : refreshMillis);
    if (isDue) this.#lookup ??= this.#lookUp().finally(() => (this.#lookup = undefined));
    return this.#lookup;
  }

  async #lookUp(): Promise<void> {
    const { name, resolveHost, host } = this.#options;
    this.#lookedUpAt = host.monotonicMillis();
    try {
      this.#accept(await resolveHost(name));
    } catch (error) {
      // Nobody waits for it while there is an address.
      if (this.#current === undefined) throw error;
    }
  }

  #accept(addresses: readonly HostAddress[]): void {
    if (addresses.length === 0) return;
    this.#known = addresses;
    const isStillThere = addresses.some((address) => isSameAddress(address, this.#current));
    if (!isStillThere) this.#current = addresses[0];
    // Where it moved, the distrust was for the old address.
    this.#distrusted &&= isStillThere;
  }

  async #waitFor(lookup: Promise<void>, signal: AbortSignal): Promise<void> {
    const { host } = this.#options;
    const patience = { operation: 'the look-up', timeoutMillis: PATIENCE_MILLIS, host };
    const wait = this.#current === undefined ? lookup : withTimeout(lookup, patience).catch(goOnWithoutIt);
    await untilAborted(wait, signal);
  }

  /** Gives the distrusted address's neighbour its turn; where it is the only one, itself. */
  #trustAgain(): void {
    if (!this.#distrusted) return;
    this.#distrusted = false;
    const position = this.#known.findIndex((address) => isSameAddress(address, this.#current));
    this.#current = this.#known[(position + 1) % this.#known.length] ?? this.#current;
  }
}

function goOnWithoutIt(): void {
  return undefined;
}

function literalAddress(name: string): HostAddress | undefined {
  const family = isIP(name);
  return family === 4 || family === 6 ? { address: name, family } : undefined;
}
