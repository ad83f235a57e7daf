import { type Options, stringify } from 'csv-stringify/sync';
import type { Cell, Column, ExportedKind } from '../exportedKind.ts';
import type { ExportProgress } from '../exportProgress.ts';
import type { TextFormat } from './textFormat.ts';

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
 * CSV as of RFC 4180, with a header. What is not known is empty, what is a list or an object is JSON. A text that a spreadsheet
 * would take as a formula, be it after blanks or characters that are not seen, has an apostrophe before it.
 *
 * See https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvFormat<Row>({
  columns,
}: Pick<ExportedKind<Row, ExportProgress>, 'columns'>): TextFormat<Row, ExportProgress> {
  return {
    contentType: 'text/csv; charset=utf-8; header=present',
    fileExtension: 'csv',
    head: columns.map(([name]) => name).join(',') + LINE_END,
    page: (rows) =>
      stringify(
        rows.map((row) => cellsOf(row, columns)),
        CSV_OPTIONS,
      ),
    tail: () => '',
  };
}

function cellsOf<Row>(row: Row, columns: readonly Column<Row>[]): Cell[] {
  return columns.map(([, cellOf]) => harmless(cellOf(row)));
}

/** `escape_formulas` of csv-stringify looks at the first character alone, and not for a line feed. */
function harmless(cell: Cell): Cell {
  return typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;
}
