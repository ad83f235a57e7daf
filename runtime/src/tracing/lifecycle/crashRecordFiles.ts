/** Where crash records are kept between a crash and the next start. */
export interface CrashRecordFiles {
  /** Writes this thread's record, whole or not at all, in the place of an earlier one. Synchronous. Throws when it cannot. */
  readonly write: (text: string) => void;
  /**
   * Takes the records that threads and processes of the service left behind, so that nobody else gets them too. Never
   * throws: `onError` is told of each that cannot be taken, and the others are taken nonetheless.
   */
  readonly takeAll: (onError: (error: Error) => void) => readonly string[];
}
