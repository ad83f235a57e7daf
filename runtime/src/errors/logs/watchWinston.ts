import { types } from 'node:util';
import type { Dispose } from '../../core/hostProcess.ts';
import { isErrorObject } from '../../core/thrown/isErrorObject.ts';
import { ownData } from '../../core/thrown/ownData.ts';
import { watchCalls } from './watchCalls.ts';

/** Gets what a logger's `write` is called with, and the error that it is a copy of. */
export type WinstonListener = (logger: object, info: unknown, error: Error | undefined) => void;

/**
 * Tells of the lines of all loggers of a copy of winston, those too that are made already: every line, also those of children,
 * goes through `write` of this class, once.
 *
 * A child copies what it is given, and an error, given alone, would not be known again. Just before, it calls
 * `_addDefaultMeta` with the error itself (winston 3.3 or newer; without it there is the copy).
 *
 * @param loggerClass - what `winston/lib/winston/logger.js` exports
 */
export function watchWinston(loggerClass: unknown, listener: WinstonListener): Dispose {
  const prototype = typeof loggerClass === 'function' ? ownData(loggerClass, 'prototype') : undefined;
  if (typeof prototype !== 'object' || prototype === null || types.isProxy(prototype)) return () => undefined;
  let announced: Error | undefined;
  const ends = [
    watchCalls(prototype, '_addDefaultMeta', (_, [info]) => {
      announced = isErrorObject(info) ? info : undefined;
    }),
    watchCalls(prototype, 'write', (logger, [info]) => {
      const error = announced;
      announced = undefined;
      if (typeof logger === 'object' && logger !== null) listener(logger, info, copied(error, info));
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function copied(error: Error | undefined, info: unknown): Error | undefined {
  if (error === undefined || typeof info !== 'object' || info === null || types.isProxy(info)) return undefined;
  return error === info || ownData(error, 'message') === ownData(info, 'message') ? error : undefined;
}
