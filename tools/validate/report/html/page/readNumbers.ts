/** The columns of a table: x first, then a line each. */
export interface TableNumbers {
  readonly names: readonly string[];
  /** Null where a line has no value. */
  readonly columns: readonly (readonly (number | null)[])[];
}

/** Reads the numbers of a plot's table. */
export function readNumbers(table: HTMLTableElement): TableNumbers {
  const names = Array.from(table.tHead?.rows[0]?.cells ?? [], (cell) => cell.textContent);
  const rows = Array.from(table.tBodies[0]?.rows ?? []);
  return { names, columns: names.map((_, index) => rows.map((row) => numberOf(row.cells[index]))) };
}

function numberOf(cell: HTMLTableCellElement | undefined): number | null {
  const data = cell?.querySelector('data');
  return data === null || data === undefined ? null : Number(data.value);
}
