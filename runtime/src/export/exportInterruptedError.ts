import type { ExportProgress } from './exportProgress.ts';

/** An export did not come to its end: its destination failed, was closed or never had room, or it was called off. */
export class ExportInterruptedError extends Error {
  override readonly name = 'ExportInterruptedError';
  /** Where another export goes on; `undefined`: at the beginning. */
  readonly cursor: string | undefined;
  /** How many requests came before it in this export. */
  readonly exported: number;

  constructor(cause: Error, { cursor, exported }: ExportProgress) {
    super(`the export was interrupted after ${exported} requests: ${cause.message}; go on with its cursor`, { cause });
    this.cursor = cursor;
    this.exported = exported;
  }
}
