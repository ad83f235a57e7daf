import { errorCode } from './errorCode.ts';
import { printableExcerpt } from './printableExcerpt.ts';

/** A request brought no answer that can be understood: no connection, a broken one, no answer in time, not HTTP. */
export class CollectorUnreachableError extends Error {
  override readonly name = 'CollectorUnreachableError';
  readonly destination: string;
  /** The code that the system or Node gave it: `ECONNREFUSED`, `HPE_INVALID_CONSTANT`. */
  readonly code: string | undefined;

  constructor(destination: string, cause: unknown) {
    const code = errorCode(cause);
    const message = cause instanceof Error ? cause.message : String(cause);
    const what = code?.startsWith('HPE_')
      ? `it does not speak HTTP (${message})`
      : message || code || 'no reason given';
    super(`${destination} could not be reached: ${printableExcerpt(what)}`, { cause });
    this.destination = destination;
    this.code = code;
  }
}
