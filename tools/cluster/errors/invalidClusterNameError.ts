/** Thrown when a cluster's name cannot be part of host names, interface names and paths. */
export class InvalidClusterNameError extends Error {
  override readonly name = 'InvalidClusterNameError';
  readonly clusterName: string;

  constructor(clusterName: string) {
    super(
      `Cluster name ${JSON.stringify(clusterName)} is not allowed: ` +
        'use 1 to 32 characters a-z, 0-9 and "-", beginning with a letter and not ending with "-".',
    );
    this.clusterName = clusterName;
  }
}
