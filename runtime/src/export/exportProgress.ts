/** How far an export has come, by whole pages. */
export interface ExportProgress {
  /** Where a later export goes on; `undefined`: at the beginning. */
  readonly cursor: string | undefined;
  /** How many requests, or groups of errors, came before it in this export. */
  readonly exported: number;
}
