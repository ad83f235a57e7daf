/** How far an export has come, by whole pages. */
export interface ExportProgress {
  /** Where a later export goes on; `undefined`: at the beginning. */
  readonly cursor: string | undefined;
  /** How many requests came before it in this export. */
  readonly exported: number;
  /** How many requests were let go of before they could be read; whether they fit the filter is not known. */
  readonly missed: number;
}
