import type { LoggerPorts } from '../loggerPorts.ts';
import { listenToPino } from './pinoChannel.ts';
import { findWinston } from './winstonHook.ts';

/** The loggers of this process, or of this worker thread. */
export function nodeLoggers(): LoggerPorts {
  return { listenToPino, findWinston, console: globalThis.console };
}
