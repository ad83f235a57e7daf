/** What was fetched is not what is pinned; it was not used. */
export class ChecksumMismatchError extends Error {
  override readonly name = 'ChecksumMismatchError';
  readonly artifact: string;
  readonly expected: string;
  readonly actual: string;

  constructor(artifact: string, expected: string, actual: string) {
    super(
      `${artifact} has SHA-512 ${actual}, but the pinned one is ${expected}: the download is damaged or not the original. ` +
        'Remove it from the Maven cache (~/.m2) and try again.',
    );
    this.artifact = artifact;
    this.expected = expected;
    this.actual = actual;
  }
}
