import type { Dispose } from '../../core/hostProcess.ts';

/** Where loggers are found. */
export interface LoggerPorts {
  /** Tells of what pino writes, as it tells it itself. */
  readonly listenToPino: (listener: (told: unknown) => void) => Dispose;
  /** Gives the class of loggers of every copy of winston that is loaded, or will be. */
  readonly findWinston: (found: (loggerClass: unknown) => void) => Dispose;
  /** The console whose methods may be watched. */
  readonly console: object;
}
