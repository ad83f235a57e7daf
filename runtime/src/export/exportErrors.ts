import type { ErrorGroupSnapshot } from '../errors/errorGroupSnapshot.ts';
import type { ErrorGroupFilter } from '../errors/groups/query/groupFilter.ts';
import type { ErrorGroupPage, GroupPageQuery } from '../errors/groups/query/groupPage.ts';
import type { ExportProgress } from './exportProgress.ts';
import { ExportStream } from './exportStream.ts';
import type { ExportFormat } from './exportFormat.ts';
import { formatNamed } from './formats/formatNamed.ts';
import { errorGroupKind } from './kinds/errorGroupKind.ts';
import { resolvePagesQuery } from './pagesQuery.ts';
import { readPages, type SourcePage, type SourceQuery } from './readPages.ts';
import { writePages } from './writePages.ts';

/** Fewer than of requests: a group comes with its whole events, and a page is written in one turn of the event loop. */
const DEFAULT_PAGE_SIZE = 10;

/** What groups of errors are exported from: `groups` of an `ErrorTracker`. */
export interface ErrorGroupSource {
  query(filter: ErrorGroupFilter, query: GroupPageQuery): ErrorGroupPage;
}

/** Which groups of errors are exported, and how. */
export interface ExportErrorsOptions {
  readonly format: ExportFormat;
  /** @defaultValue every group */
  readonly filter?: ErrorGroupFilter;
  /** Of an export before, after which this one goes on. @defaultValue from the beginning */
  readonly cursor?: string;
  /** Most groups, 1 or more. @defaultValue unlimited */
  readonly limit?: number;
  /**
   * How many groups are read, and held as text, at a time, 1 to 1000: with few events a group, a page may have more of them.
   * @defaultValue 10
   */
  readonly pageSize?: number;
}

/**
 * Exports groups of errors as a stream that reads them as it is read itself: in JSON and NDJSON whole, with their history and the
 * events that are kept; in CSV a row for each, without these.
 *
 * In the order in which they were seen first, the newest first, which nothing changes while it goes on: none is there twice, and
 * none is left out but what was let go of before it was read. Groups that appear meanwhile are no part of it. Each is as it was
 * when its page was read, and so is whether it fits the filter.
 *
 * An export that was interrupted goes on with its `cursor`, as long as the process lives; after the last group comes an export of
 * none. In JSON the cursor is a part of the text, too: see `exportRequests`.
 *
 * @throws InvalidCursorError for a cursor of another tracker, RangeError for a format, limit, page size or filter that is not
 * allowed.
 */
export function exportErrors(groups: ErrorGroupSource, options: ExportErrorsOptions): ExportStream {
  const { filter = {}, cursor } = options;
  const format = formatNamed(options.format, errorGroupKind);
  const query = resolvePagesQuery(options, DEFAULT_PAGE_SIZE);
  const start: ExportProgress = { cursor, exported: 0 };
  const read = (page: SourceQuery, before: ExportProgress): SourcePage<ErrorGroupSnapshot, ExportProgress> => {
    const found = groups.query(filter, { order: 'firstSeen', ...page });
    const progress = { cursor: found.cursor, exported: before.exported + found.groups.length };
    return { rows: found.groups, progress, done: found.nextCursor === undefined };
  };
  const pages = writePages(readPages(read, start, query), format, start);
  return new ExportStream({ format, rowsName: errorGroupKind.rowsName, pages, start });
}
