/** Where crash records are kept between a crash and the next start. */
export interface CrashRecordFiles {
  /** Writes this process' record, whole or not at all, in the place of an earlier one. Synchronous. Throws when it cannot. */
  readonly write: (text: string) => void;
  /** Removes this process' record, where there is one. Never throws. */
  readonly remove: () => void;
  /**
   * Takes the records that other processes of the service left behind, so that no other process gets them too. Throws
   * when they cannot be read.
   */
  readonly takeOthers: () => readonly string[];
}
