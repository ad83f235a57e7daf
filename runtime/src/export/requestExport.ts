import type { ExportProgress } from './exportProgress.ts';
import { ExportStream } from './exportStream.ts';

/** How far an export of requests has come, by whole pages. */
export interface RequestExportProgress extends ExportProgress {
  /** How many requests were let go of before they could be read; whether they fit the filter is not known. */
  readonly missed: number;
}

/**
 * Finished requests as a text. What ends while it is read belongs to it until it comes to a page after which there is no other.
 */
export class RequestExport extends ExportStream<RequestExportProgress> {
  /** How many requests were let go of before they could be read, of those before `cursor`. */
  get missed(): number {
    return this.progress.missed;
  }
}
