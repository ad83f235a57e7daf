import { types } from 'node:util';
import { isErrorObject } from '../../core/thrown/isErrorObject.ts';
import { ownData } from '../../core/thrown/ownData.ts';
import { errorAmong, errorIn } from './errorAmong.ts';
import { LoggedError } from './loggedError.ts';
import type { LogLine } from './logLine.ts';

/** Under which winston keeps what a line was called with beside its text, and its level (triple-beam 1). */
const SPLAT = Symbol.for('splat');
const LEVEL = Symbol.for('level');
/** Where there is no level `error`. */
const ERROR_LEVELS: ReadonlySet<string> = new Set(['fatal', 'emerg', 'alert', 'crit', 'critical', 'err', 'severe']);

/** What of a winston logger is asked. */
interface WinstonLogger {
  readonly silent?: unknown;
  readonly levels?: unknown;
  readonly isLevelEnabled?: (level: string) => unknown;
}

/**
 * The line that a winston logger is about to write.
 *
 * @param info - what its `write` was called with
 * @param error - the error that it is a copy of, where that is known
 * @returns `undefined` where the logger does not write it, for its level or because it is silent
 */
export function winstonLine(logger: WinstonLogger, info: unknown, error?: Error): LogLine | undefined {
  if (typeof info !== 'object' || info === null || types.isProxy(info) || logger.silent === true) return undefined;
  const level = ownSymbol(info, LEVEL) ?? ownData(info, 'level');
  if (typeof level !== 'string' || logger.isLevelEnabled?.(level) === false) return undefined;
  const isError = isErrorLevel(level, logger.levels);
  const message = ownData(info, 'message');
  return {
    logger: 'winston',
    level,
    isError,
    message: textOf(message),
    thrown: isError ? (error ?? errorOf(info, message)) : undefined,
  };
}

function textOf(message: unknown): string | undefined {
  const text = isErrorObject(message) ? ownData(message, 'message') : message;
  return typeof text === 'string' ? text : undefined;
}

function errorOf(info: object, message: unknown): Error | undefined {
  if (isErrorObject(info)) return info;
  if (isErrorObject(message)) return message;
  const splat = ownSymbol(info, SPLAT);
  return (Array.isArray(splat) ? errorAmong(splat) : undefined) ?? errorIn(info) ?? copyOf(info, message);
}

/** A child copies an error that it is given alone; so do formats of errors. */
function copyOf(info: object, message: unknown): Error | undefined {
  const stack = ownData(info, 'stack');
  return typeof stack === 'string' ? new LoggedError(textOf(message) ?? '', stack) : undefined;
}

/** The lower the number, the worse. */
function isErrorLevel(level: string, levels: unknown): boolean {
  if (level === 'error') return true;
  if (typeof levels !== 'object' || levels === null) return ERROR_LEVELS.has(level);
  const threshold = ownData(levels, 'error');
  const number = ownData(levels, level);
  return typeof threshold === 'number' && typeof number === 'number' ? number < threshold : ERROR_LEVELS.has(level);
}

function ownSymbol(owner: object, key: symbol): unknown {
  return Object.getOwnPropertyDescriptor(owner, key)?.value;
}
