import Table from 'cli-table3';
import { visibleLine } from '../../values/visibleText.ts';
import type { ReportTable } from './plot.ts';

/** A table of plain text; a column whose cells are all numbers stands to the right. */
export function textTable({ columns, rows }: ReportTable): string {
  const table = new Table({
    head: columns.map(visibleLine),
    colAligns: columns.map((_, index) => (isNumeric(rows, index) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map((cell) => visibleLine(String(cell))));
  return table.toString();
}

/** Whether all cells of a column are numbers. */
export function isNumeric(rows: ReportTable['rows'], column: number): boolean {
  return rows.length > 0 && rows.every((row) => typeof row[column] === 'number');
}
