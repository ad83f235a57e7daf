import type { ExportProgress } from './exportProgress.ts';
import type { PagesQuery } from './pagesQuery.ts';

/** Rows, and how far the export has come with them. */
export interface ReadPage<Row, Progress extends ExportProgress> {
  readonly rows: readonly Row[];
  readonly progress: Progress;
}

/** A page as it is read. */
export interface SourcePage<Row, Progress extends ExportProgress> extends ReadPage<Row, Progress> {
  /** Whether there is no more after it. */
  readonly done: boolean;
}

/** Which page is read. */
export interface SourceQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/** Reads page after page, each when it is asked for, until there is no more or the limit is reached. */
export function* readPages<Row, Progress extends ExportProgress>(
  read: (query: SourceQuery, before: Progress) => SourcePage<Row, Progress>,
  start: Progress,
  { limit, pageSize }: PagesQuery,
): Generator<ReadPage<Row, Progress>, undefined> {
  let progress = start;
  for (;;) {
    const { cursor, exported } = progress;
    const from = cursor === undefined ? {} : { cursor };
    const page = read({ limit: Math.min(pageSize, limit - exported), ...from }, progress);
    ({ progress } = page);
    yield page;
    if (page.done || progress.exported >= limit) return undefined;
  }
}
