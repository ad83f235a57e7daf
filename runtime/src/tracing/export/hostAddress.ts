/** An address that packets can be sent to. */
export interface HostAddress {
  /** IPv4 or IPv6, without brackets. */
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * Asks the system for the addresses of a host, the preferred one first. Rejects when there are none.
 *
 * @param host - a name; never an IP address
 */
export type ResolveHost = (host: string) => Promise<readonly HostAddress[]>;

/** Whether both are the same. */
export function isSameAddress(one: HostAddress | undefined, other: HostAddress | undefined): boolean {
  return one?.address === other?.address && one?.family === other?.family;
}
