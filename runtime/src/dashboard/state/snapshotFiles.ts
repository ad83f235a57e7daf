/** The files that snapshots are kept in. */
export interface SnapshotFiles {
  /**
   * The text of a plain file in small pieces, of which each lets others have their turn.
   *
   * @throws what the file system says; for what is no plain file, or far too large, an error that says so
   */
  read(path: string): AsyncIterable<string>;
  /**
   * Puts a text in the place of what the file has, all at once: whenever the process or the machine stops, either is there whole.
   * Only the user of the process can read it. Each piece lets others have their turn.
   *
   * @throws what the file system says; the file has what it had
   */
  write(path: string, pieces: Iterable<string>): Promise<void>;
  /** Gives a file another name. @throws what the file system says */
  rename(path: string, newPath: string): Promise<void>;
  /** Removes what processes left that were killed while they wrote the file. Never rejects. */
  cleanUp(path: string): Promise<void>;
}
