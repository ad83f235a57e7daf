/** Reads the files that frames name, and of these only what belongs to the application: a stack can be made up. */
export interface SourceFiles {
  /**
   * The whole text of a UTF-8 file.
   *
   * @param path - an absolute path
   * @param maxBytes - what is longer is not read
   * @returns never rejects
   */
  readonly read: (path: string, maxBytes: number) => Promise<SourceText>;
}

/** The text of a file, or why there is none. */
export type SourceText = { readonly text: string } | { readonly reason: UnreadReason };

/**
 * Why a file was not read: there is none, it is none of the application's, it is no regular file, it is longer than allowed, or
 * the file system refused.
 */
export type UnreadReason = 'missing' | 'elsewhere' | 'no file' | 'too long' | 'unreadable';
