/** Something is wrong with the snapshot file: groups of errors are not brought back, or will not be after the next restart. */
export class SnapshotFileError extends Error {
  override readonly name = 'SnapshotFileError';
  readonly path: string;

  /** @param problem - what is wrong with it, as the rest of a sentence that begins with the file */
  constructor(path: string, problem: string, cause?: unknown) {
    super(`the snapshot file ${path} ${problem}`, cause === undefined ? undefined : { cause });
    this.path = path;
  }
}
