import { printableExcerpt } from './printableExcerpt.ts';

/** What a `GrpcStatusError` is made of. */
export interface GrpcStatusErrorOptions {
  readonly destination: string;
  /** gRPC's status code; left out for an error that is none of the call's. */
  readonly status: number | undefined;
  /** What the library said. */
  readonly cause: unknown;
}

/** A call to a collector ended with a status other than OK. */
export class GrpcStatusError extends Error {
  override readonly name = 'GrpcStatusError';
  readonly destination: string;
  /** gRPC's status code; `undefined` where the call was not made. */
  readonly status: number | undefined;
  /** The first 200 characters of what was said, on one line, without control characters. */
  readonly excerpt: string;

  constructor({ destination, status, cause }: GrpcStatusErrorOptions) {
    const excerpt = printableExcerpt(cause instanceof Error ? cause.message : String(cause));
    super(`${destination} did not take a call: ${excerpt}`, { cause });
    this.destination = destination;
    this.status = status;
    this.excerpt = excerpt;
  }
}
