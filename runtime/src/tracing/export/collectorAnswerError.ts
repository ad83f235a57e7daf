import { printableExcerpt } from './printableExcerpt.ts';

/** What a `CollectorAnswerError` is made of. */
export interface CollectorAnswerErrorOptions {
  readonly destination: string;
  /** HTTP status. */
  readonly status: number;
  /** The beginning of the answer's body. */
  readonly body: Uint8Array;
}

/** What to look at, by status. */
const ADVICE: Readonly<Record<number, string>> = {
  401: 'check the credentials',
  403: 'check the credentials',
  404: "check the URL's path",
  405: "check the URL's path",
  413: 'raise what the server, or a proxy before it, takes at once',
  415: 'check that the URL is that of this protocol',
};

/** A collector, or what stands before it, answered that it does not take a request. */
export class CollectorAnswerError extends Error {
  override readonly name = 'CollectorAnswerError';
  readonly destination: string;
  /** HTTP status. */
  readonly status: number;
  /** The first 200 characters of what it said, on one line, without control characters. */
  readonly excerpt: string;

  constructor({ destination, status, body }: CollectorAnswerErrorOptions) {
    const excerpt = printableExcerpt(body);
    const said = excerpt === '' ? '' : `: ${excerpt}`;
    super([`${destination} answered ${status}${said}`, ADVICE[status] ?? []].flat().join('; '));
    this.destination = destination;
    this.status = status;
    this.excerpt = excerpt;
  }
}
