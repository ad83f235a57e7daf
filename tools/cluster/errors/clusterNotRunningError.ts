/** Thrown by what needs a running cluster when there is none of that name. */
export class ClusterNotRunningError extends Error {
  override readonly name = 'ClusterNotRunningError';
  readonly clusterName: string;

  constructor(clusterName: string) {
    super(`Cluster "${clusterName}" is not running in this checkout. Start it with "up --name ${clusterName}".`);
    this.clusterName = clusterName;
  }
}
