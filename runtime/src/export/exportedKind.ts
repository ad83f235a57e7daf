import type { ExportProgress } from './exportProgress.ts';

/** A cell of a table. What is not known is `undefined`. */
export type Cell = string | number | undefined;

/** A column of a table: its name, and what stands in it. */
export type Column<Row> = readonly [name: string, cellOf: (row: Row) => Cell];

/** A kind of what is exported. */
export interface ExportedKind<Row, Progress extends ExportProgress> {
  /** What they are called, also as the key of their array in JSON. */
  readonly rowsName: string;
  readonly columns: readonly Column<Row>[];
  /** What JSON says after them of the whole. */
  summaryOf(progress: Progress): Readonly<Record<string, unknown>>;
}
