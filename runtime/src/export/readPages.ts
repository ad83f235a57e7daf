import type { RequestFilter } from '../requests/query/requestFilter.ts';
import type { FinishedPage, FinishedPageQuery } from '../requests/query/requestPage.ts';
import type { RequestSnapshot } from '../requests/requestSnapshot.ts';
import type { ExportProgress } from './exportProgress.ts';

/** What requests are exported from: a `RequestTracker`. */
export interface FinishedRequestSource {
  /** Must give the requests that ended after the cursor, in the order of their ends. */
  readFinished(query: FinishedPageQuery): FinishedPage;
}

/** Which requests are read, and how many at a time. */
export interface PagesQuery {
  readonly filter: RequestFilter;
  readonly cursor: string | undefined;
  readonly limit: number;
  readonly pageSize: number;
}

/** Requests, and how far the export has come with them. */
export interface ReadPage {
  readonly requests: readonly RequestSnapshot[];
  readonly progress: ExportProgress;
}

/** Reads page after page, each when it is asked for, until no more have ended or the limit is reached. */
export function* readPages(
  source: FinishedRequestSource,
  { filter, cursor: start, limit, pageSize }: PagesQuery,
): Generator<ReadPage, undefined> {
  let cursor = start;
  let exported = 0;
  let missed = 0;
  for (;;) {
    const from = cursor === undefined ? {} : { cursor };
    const page = source.readFinished({ filter, limit: Math.min(pageSize, limit - exported), ...from });
    cursor = page.cursor;
    exported += page.requests.length;
    missed += page.missed;
    yield { requests: page.requests, progress: { cursor, exported, missed } };
    if (page.done || exported >= limit) return undefined;
  }
}
