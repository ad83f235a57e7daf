/** Reads files, such as those that the kernel tells something in. */
export interface TextFiles {
  /** The whole text. Throws what the file system says. */
  readonly readTextFile: (path: string) => string;
}

/**
 * The text of a file, without the space around it; `undefined` where there is none, as the outermost control group has no
 * limits.
 *
 * @throws what the file system says of a file that is there and cannot be read
 */
export function readIfThere({ readTextFile }: TextFiles, path: string): string | undefined {
  try {
    return readTextFile(path).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
