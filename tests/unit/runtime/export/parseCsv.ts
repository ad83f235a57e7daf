import { expect } from 'vitest';

/** RFC 4180, strictly: throws where a character belongs to no cell. */
export function parseCsv(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let read = 0;
  for (const [cell, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    read += cell.length;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  expect(read).toBe(csv.length);
  return rows;
}
