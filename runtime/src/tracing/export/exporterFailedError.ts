import { printableExcerpt } from './printableExcerpt.ts';

/** An exporter did not hand a batch over, threw, or did not answer in time. `cause` is what it said. */
export class ExporterFailedError extends Error {
  override readonly name = 'ExporterFailedError';
  readonly destination: string;

  constructor(destination: string, cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(`spans were not exported to ${destination}: ${printableExcerpt(message)}`, { cause });
    this.destination = destination;
  }
}
