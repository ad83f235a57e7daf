/** Thrown when a cluster is asked to run with fewer nodes than it has. */
export class FewerNodesError extends Error {
  override readonly name = 'FewerNodesError';
  readonly cluster: string;
  readonly asked: number;
  readonly present: number;

  constructor(cluster: string, asked: number, present: number) {
    super(
      `Cluster "${cluster}" has ${String(present)} nodes, and ${String(asked)} ${asked === 1 ? 'is' : 'are'} asked for: a node's volumes ` +
        'would go with it, so none is taken away. Leave --nodes out to keep them all, or remove the cluster with "down" and start it anew.',
    );
    this.cluster = cluster;
    this.asked = asked;
    this.present = present;
  }
}
