import { type Options, stringify } from 'csv-stringify/sync';
import type { RequestSnapshot } from '../../requests/requestSnapshot.ts';
import { jsonText } from './jsonText.ts';
import type { RequestFormat } from './requestFormat.ts';

type Cell = string | number | undefined;

const COLUMNS: readonly (readonly [name: string, cellOf: (request: RequestSnapshot) => Cell])[] = [
  ['id', ({ id }) => id],
  ['operation', ({ operation }) => operation],
  ['state', ({ state }) => state],
  ['failure_reason', ({ failure }) => failure?.reason],
  ['failure_type', ({ failure }) => failure?.type],
  ['user_id', ({ userId }) => userId],
  ['agent_id', ({ agentId }) => agentId],
  ['parent_id', ({ parentId }) => parentId],
  ['trace_id', ({ traceId }) => traceId],
  ['span_id', ({ spanId }) => spanId],
  // As a text: of truth values csv-stringify makes 1 and nothing, and nothing is what an unknown one is.
  ['sampled', ({ sampled }) => sampled?.toString()],
  ['started_at', ({ startedAt }) => startedAt],
  ['pending_ms', ({ pendingMillis }) => pendingMillis],
  ['duration_ms', ({ durationMillis }) => durationMillis],
  ['attributes', ({ attributes }) => jsonText(attributes)],
];
const LINE_END = '\r\n';
/** Spreadsheets take off what is not seen before they look for a formula, and know the signs in full width, too. */
const FORMULA = /^(?:[\t\r\n]|[\p{Cc}\p{Cf}\s]*[=+\-@\uff1d\uff0b\uff0d\uff20])/u;
/** Separators of other dialects, and what a reader might take off: only in quotes are they what they are to every reader. */
const NOT_PLAIN = /[;\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^\s|\s$/u;
const CSV_OPTIONS: Options = {
  quoted_match: NOT_PLAIN,
  record_delimiter: LINE_END,
  // It is off where the line end is given: a lone \r or \n would not be quoted, which readers take for a line end, too.
  quote_record_delimiter: true,
};

/**
 * CSV as of RFC 4180, with a header. What is not known is empty, attributes are JSON. A text that a spreadsheet would take
 * as a formula, be it after blanks or characters that are not seen, has an apostrophe before it.
 *
 * See https://owasp.org/www-community/attacks/CSV_Injection
 */
export const csvFormat: RequestFormat = {
  contentType: 'text/csv; charset=utf-8; header=present',
  fileExtension: 'csv',
  head: COLUMNS.map(([name]) => name).join(',') + LINE_END,
  page: (requests) => stringify(requests.map(rowOf), CSV_OPTIONS),
  tail: () => '',
};

function rowOf(request: RequestSnapshot): Cell[] {
  return COLUMNS.map(([, cellOf]) => harmless(cellOf(request)));
}

/** `escape_formulas` of csv-stringify looks at the first character alone, and not for a line feed. */
function harmless(cell: Cell): Cell {
  return typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;
}
