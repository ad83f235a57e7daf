import type { RequestSnapshot } from '../../requests/requestSnapshot.ts';
import type { ExportProgress } from '../exportProgress.ts';

/** How requests are written: the texts of an export, in the order of head, pages, tail. */
export interface RequestFormat {
  /** For the header `Content-Type`. */
  readonly contentType: string;
  /** Without the dot. */
  readonly fileExtension: string;
  readonly head: string;
  /** The text of some requests; `isFirst` where no request was written before. */
  page(requests: readonly RequestSnapshot[], isFirst: boolean): string;
  tail(progress: ExportProgress): string;
}
