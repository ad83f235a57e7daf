import type { RequestFilter } from '../requests/query/requestFilter.ts';
import type { FinishedPage, FinishedPageQuery } from '../requests/query/requestPage.ts';
import type { ExportFormat } from './exportFormat.ts';
import { formatNamed } from './formats/formatNamed.ts';
import { requestKind } from './kinds/requestKind.ts';
import { resolvePagesQuery } from './pagesQuery.ts';
import { readPages, type SourcePage, type SourceQuery } from './readPages.ts';
import { RequestExport, type RequestExportProgress } from './requestExport.ts';
import type { RequestSnapshot } from '../requests/requestSnapshot.ts';
import { writePages } from './writePages.ts';

const DEFAULT_PAGE_SIZE = 250;

/** What requests are exported from: a `RequestTracker`. */
export interface FinishedRequestSource {
  /** Must give the requests that ended after the cursor, in the order of their ends. */
  readFinished(query: FinishedPageQuery): FinishedPage;
}

/** What is exported, and how. */
export interface ExportRequestsOptions {
  readonly format: ExportFormat;
  /** @defaultValue every request that has ended */
  readonly filter?: RequestFilter;
  /** Of an export before, after which this one goes on. @defaultValue from the beginning */
  readonly cursor?: string;
  /** Most requests, 1 or more. @defaultValue unlimited */
  readonly limit?: number;
  /** How many requests are read, and held as text, at a time, 1 to 1000. @defaultValue 250 */
  readonly pageSize?: number;
}

/**
 * Exports the requests that have ended, in the order of their ends, as a stream that reads them as it is read itself.
 *
 * An export that was interrupted goes on with its `cursor`, as long as the process lives. In JSON the cursor is a part of
 * the text, too: who fetches it over a network and wants to be sure of what has arrived asks for a `limit`, and goes on
 * with the cursor of the last answer that came whole.
 *
 * @throws InvalidCursorError for a cursor of another tracker, RangeError for a format, limit or page size that is not allowed.
 */
export function exportRequests(source: FinishedRequestSource, options: ExportRequestsOptions): RequestExport {
  const { filter = {}, cursor } = options;
  const format = formatNamed(options.format, requestKind);
  const query = resolvePagesQuery(options, DEFAULT_PAGE_SIZE);
  const start: RequestExportProgress = { cursor, exported: 0, missed: 0 };
  const read = (
    page: SourceQuery,
    before: RequestExportProgress,
  ): SourcePage<RequestSnapshot, RequestExportProgress> => {
    const { requests, cursor: end, missed, done } = source.readFinished({ filter, ...page });
    const progress = { cursor: end, exported: before.exported + requests.length, missed: before.missed + missed };
    return { rows: requests, progress, done };
  };
  const pages = writePages(readPages(read, start, query), format, start);
  return new RequestExport({ format, rowsName: requestKind.rowsName, pages, start });
}
