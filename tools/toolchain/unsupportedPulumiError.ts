/** The Pulumi CLI on PATH is one that this program cannot work with. */
export class UnsupportedPulumiError extends Error {
  override readonly name = 'UnsupportedPulumiError';
  readonly path: string;
  /** What `pulumi version` printed, or why it printed nothing. */
  readonly found: string;
  readonly supportedRange: string;

  constructor(path: string, found: string, supportedRange: string) {
    super(
      `the Pulumi CLI ${path} is version ${found}; supported is ${supportedRange}. ` +
        'Upgrade it, or take it off PATH to have a suitable one built.',
    );
    this.path = path;
    this.found = found;
    this.supportedRange = supportedRange;
  }
}
