/** Thrown when every address block that may join a cluster to the host overlaps with one the host uses. */
export class NoFreeLinkError extends Error {
  override readonly name = 'NoFreeLinkError';
  readonly pools: readonly string[];

  constructor(pools: readonly string[]) {
    super(
      `No free /30 address block is left for the cluster's link: addresses or routes of this host cover all of ${pools.join(', ')}. ` +
        'Remove a route over one of these ranges (see `ip route`), or use --context NAME with a cluster of your own.',
    );
    this.pools = pools;
  }
}
