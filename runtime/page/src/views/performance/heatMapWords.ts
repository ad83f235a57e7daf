import type { HeatMapResult } from '../../../../src/dashboard/api/performance/heatMapSchema.ts';
import { valueFormat } from './formatMetric.ts';

/** A cell by its place and its counts. */
export interface CountedCell {
  readonly column: number;
  readonly row: number;
  readonly value: number;
  readonly bad: number;
}

/** What a heat map's places are called. */
export interface HeatMapWords {
  /** `100 ms to 200 ms`'s upper end as a label: `200 ms`; the last one `longer`. */
  readonly band: (row: number) => string;
  /** `100 ms to 200 ms`, `longer than 5 s`. */
  readonly values: (row: number) => string;
  /** `2026-11-27 10:00:00 to 10:01:00`. */
  readonly time: (column: number) => string;
  /** All of a cell. */
  readonly cell: (cell: CountedCell) => string;
}

/** The words of a heat map, times in the viewer's time. */
export function heatMapWords({
  bands,
  columns,
  unit,
}: Pick<HeatMapResult, 'bands' | 'columns' | 'unit'>): HeatMapWords {
  const format = valueFormat(unit);
  const values = (row: number): string => {
    const { above = 0, upTo } = bands[row] ?? {};
    return upTo === undefined ? `more than ${format(above)}` : `${format(above)} to ${format(upTo)}`;
  };
  const time = (column: number): string => {
    const { fromMillis = 0, toMillis = 0 } = columns[column] ?? {};
    return `${clock(fromMillis)} to ${clock(toMillis)}`;
  };
  return {
    band: (row) => {
      const { above = 0, upTo } = bands[row] ?? {};
      return upTo === undefined ? `> ${format(above)}` : `≤ ${format(upTo)}`;
    },
    values,
    time,
    cell: ({ column, row, value, bad }) =>
      `${value} request${value === 1 ? '' : 's'}${bad > 0 ? `, ${bad} of them failed` : ''}: took ${values(row)}, ended ${time(column)}`,
  };
}

function clock(millis: number): string {
  const time = new Date(millis);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
