import { currentLogFields } from './currentLogFields.ts';

/** What of a winston logger is needed: every line of it and of its children goes through `write`. */
export interface WritableLogger {
  write: (...args: never[]) => boolean;
}

/**
 * Gives the lines of a winston logger, and of its children, the fields of the active span:
 * `const logger = correlateWinston(winston.createLogger({ … }))`. Lines outside a span stay as they are.
 *
 * For bundled applications, whose winston no hook can reach; elsewhere winston's lines have the fields by themselves. It
 * is no format: those run later when a transport is slow, and would find whatever span is active then.
 *
 * @returns the same logger
 */
export function correlateWinston<Logger extends WritableLogger>(logger: Logger): Logger {
  const write: (...args: never[]) => boolean = logger.write;
  logger.write = function (this: unknown, ...args: unknown[]): boolean {
    const isWritable: unknown = Reflect.apply(write, this, [withFields(args[0]), ...args.slice(1)]);
    return isWritable === true;
  };
  return logger;
}

function withFields(info: unknown): unknown {
  const fields = currentLogFields();
  if (fields === undefined || typeof info !== 'object' || info === null) return info;
  return Object.isExtensible(info) ? Object.assign(info, fields) : { ...info, ...fields };
}
