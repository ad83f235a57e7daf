/** A file of the documentation as it should be. */
export interface GeneratedPage {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}
