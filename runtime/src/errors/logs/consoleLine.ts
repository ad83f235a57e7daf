import { format } from 'node:util';
import { isErrorObject } from '../../core/thrown/isErrorObject.ts';
import { ownData } from '../../core/thrown/ownData.ts';
import { errorAmong } from './errorAmong.ts';
import type { LogLine } from './logLine.ts';

/** The methods of `console` whose lines are told, each with its level. */
export const CONSOLE_LEVELS = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;

/** Of a call with more arguments, the first. */
const MOST_ARGUMENTS = 20;

/** The line that a method of `console` writes, when it is called with these arguments. */
export function consoleLine(method: keyof typeof CONSOLE_LEVELS, given: readonly unknown[]): LogLine | undefined {
  if (given.length === 0) return undefined;
  const isError = method === 'error';
  const few = given.slice(0, MOST_ARGUMENTS);
  return {
    logger: 'console',
    level: CONSOLE_LEVELS[method],
    isError,
    message: format(...few.map(plain)),
    thrown: isError ? errorAmong(few) : undefined,
  };
}

/** An object's own code may be run as it is written out. */
function plain(value: unknown): unknown {
  if (typeof value === 'function' || (typeof value === 'object' && value !== null)) {
    const message = isErrorObject(value) ? ownData(value, 'message') : undefined;
    return typeof message === 'string' ? message : '[object]';
  }
  return value;
}
