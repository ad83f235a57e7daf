import type { ExportProgress } from './exportProgress.ts';

/** An export did not come to its end: its destination failed, was closed or never had room, or it was called off. */
export class ExportInterruptedError extends Error {
  override readonly name = 'ExportInterruptedError';
  /** Where another export goes on; `undefined`: at the beginning. */
  readonly cursor: string | undefined;
  /** How many requests, or groups of errors, came before it in this export. */
  readonly exported: number;

  /** @param rowsName - what they are called */
  constructor(cause: Error, { cursor, exported }: ExportProgress, rowsName: string) {
    super(`the export was interrupted after ${exported} ${rowsName}: ${cause.message}; go on with its cursor`, {
      cause,
    });
    this.cursor = cursor;
    this.exported = exported;
  }
}
