/** Thrown when the running kernel lacks something that every node of a cluster needs. */
export class MissingKernelFeatureError extends Error {
  override readonly name = 'MissingKernelFeatureError';
  readonly feature: string;

  constructor(feature: string, remedy: string, options?: ErrorOptions) {
    super(
      `The running kernel lacks ${feature}. ${remedy} ` +
        'Or use a cluster of your own: --context NAME, one of the contexts in your kubeconfig.',
      options,
    );
    this.feature = feature;
  }
}
