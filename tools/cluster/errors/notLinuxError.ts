/** Thrown on any system but Linux, whose namespaces the local cluster is made of. */
export class NotLinuxError extends Error {
  override readonly name = 'NotLinuxError';
  readonly platform: string;

  constructor(platform: string) {
    super(
      `The local cluster is made of Linux namespaces; this system is ${platform}. ` +
        'Use a cluster of your own instead: --context NAME, one of the contexts in your kubeconfig.',
    );
    this.platform = platform;
  }
}
