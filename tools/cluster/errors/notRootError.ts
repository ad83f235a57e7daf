/** Thrown when the effective user is not root: mounts, network namespaces and cgroups need it. */
export class NotRootError extends Error {
  override readonly name = 'NotRootError';
  readonly userId: number;

  constructor(userId: number) {
    super(
      `The local cluster needs root (it makes mounts, network namespaces and cgroups); this is user id ${String(userId)}. ` +
        'Run it with sudo, or use a cluster of your own: --context NAME, one of the contexts in your kubeconfig.',
    );
    this.userId = userId;
  }
}
