import type { ExportProgress } from '../exportProgress.ts';

/** How rows are written: the texts of an export, in the order of head, pages, tail. */
export interface TextFormat<Row, Progress extends ExportProgress> {
  /** For the header `Content-Type`. */
  readonly contentType: string;
  /** Without the dot. */
  readonly fileExtension: string;
  readonly head: string;
  /** The text of some rows; `isFirst` where none was written before. */
  page(rows: readonly Row[], isFirst: boolean): string;
  tail(progress: Progress): string;
}
