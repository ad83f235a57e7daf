import { redactedText } from '../core/redaction.ts';
import { MOST_ON_A_PAGE } from '../requests/query/pageLimit.ts';
import type { RequestFilter } from '../requests/query/requestFilter.ts';
import { csvFormat } from './formats/csvFormat.ts';
import { jsonFormat } from './formats/jsonFormat.ts';
import { ndjsonFormat } from './formats/ndjsonFormat.ts';
import type { RequestFormat } from './formats/requestFormat.ts';
import { type FinishedRequestSource, readPages } from './readPages.ts';
import { RequestExport } from './requestExport.ts';

const FORMATS = { json: jsonFormat, ndjson: ndjsonFormat, csv: csvFormat } as const satisfies Record<
  string,
  RequestFormat
>;
const DEFAULT_PAGE_SIZE = 250;

/** `json`: one object; `ndjson`: an object a line; `csv`: RFC 4180, with a header. */
export type RequestExportFormat = keyof typeof FORMATS;

/** What is exported, and how. */
export interface ExportRequestsOptions {
  readonly format: RequestExportFormat;
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
  const { filter = {}, cursor, limit = Number.POSITIVE_INFINITY, pageSize = DEFAULT_PAGE_SIZE } = options;
  const format = formatOf(options.format);
  if (limit !== Number.POSITIVE_INFINITY) checkWithin('limit', limit, Number.MAX_SAFE_INTEGER);
  checkWithin('pageSize', pageSize, MOST_ON_A_PAGE);
  const pages = readPages(source, { filter, cursor, limit, pageSize });
  return new RequestExport({ format, firstPage: pages.next(), pages, cursor });
}

/** @throws RangeError */
function formatOf(format: RequestExportFormat): RequestFormat {
  if (Object.hasOwn(FORMATS, format)) return FORMATS[format];
  throw new RangeError(`format is ${redactedText(format)}; allowed: ${Object.keys(FORMATS).join(', ')}`);
}

/** @throws RangeError */
function checkWithin(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(`${name} is ${redactedText(value)}; allowed: a whole number from 1 to ${most}`);
}
