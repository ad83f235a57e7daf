/** A line that an application logs, as its logger was given it. */
export interface LogLine {
  readonly logger: 'pino' | 'winston' | 'console';
  /** As the logger calls it: `warn`. */
  readonly level: string;
  /** Whether the level is that of errors, or above. */
  readonly isError: boolean;
  /** `undefined` where it has none. */
  readonly message: string | undefined;
  /** The error that comes with it; looked for where the level is that of errors only. */
  readonly thrown: Error | undefined;
  /** Whether it comes with a response of status 5xx: it tells of what nobody has dealt with, as Fastify and pino-http do. */
  readonly isOfFailedRequest?: boolean;
}
