import type { Dispose } from '../../core/hostProcess.ts';
import { toError } from '../../core/toError.ts';
import type { ErrorTracker } from '../errorTracker.ts';
import { nodeLoggers } from './adapters/nodeLoggers.ts';
import { consoleLine } from './consoleLine.ts';
import type { LoggerPorts } from './loggerPorts.ts';
import { LogTeller, type LogTellerPorts } from './logTeller.ts';
import { pinoLine } from './pinoLine.ts';
import type { ReportedErrors } from './reportedErrors.ts';
import { watchConsole } from './watchConsole.ts';
import { watchWinston } from './watchWinston.ts';
import { winstonLine } from './winstonLine.ts';

/** What is watched, and for whom. */
export interface WatchLoggersOptions {
  readonly errors: LogTellerPorts['errors'] & Pick<ErrorTracker, 'config'>;
  /** Gets what goes wrong; what it, or the tracker, has reported is not told when it is logged. */
  readonly problems: ReportedErrors;
  /** @defaultValue those of this process */
  readonly loggers?: LoggerPorts;
}

/**
 * Tells an error tracker what the application's loggers are given: errors of lines of level error and above, and lines of all
 * levels as breadcrumbs. What is logged is not changed, and logging never fails for it.
 *
 * @returns ends it: the loggers are then what they were
 */
export function watchLoggers({ errors, problems, loggers = nodeLoggers() }: WatchLoggersOptions): Dispose {
  const config = errors.config.loggers;
  const teller = new LogTeller({ errors, config, problems });
  const ends: Dispose[] = [];
  const start = (isWanted: boolean, watch: () => Dispose): void => {
    try {
      if (isWanted) ends.push(watch());
    } catch (error) {
      // A console that is frozen, a hook that is refused: the application goes on without.
      problems.report(toError(error));
    }
  };
  start(config.pino, () => loggers.listenToPino((told) => teller.tell(() => pinoLine(told))));
  start(config.winston, () => watchAllWinstons(loggers, teller));
  start(config.console, () =>
    watchConsole(loggers.console, (method, given) => teller.tell(() => consoleLine(method, given))),
  );
  return () => {
    for (const end of ends.toReversed()) end();
  };
}

function watchAllWinstons({ findWinston }: LoggerPorts, teller: LogTeller): Dispose {
  const watched = new Map<unknown, Dispose>();
  const stopFinding = findWinston((loggerClass) => {
    if (watched.has(loggerClass)) return;
    const end = watchWinston(loggerClass, (logger, info, error) => teller.tell(() => winstonLine(logger, info, error)));
    watched.set(loggerClass, end);
  });
  return () => {
    stopFinding();
    for (const end of watched.values()) end();
    watched.clear();
  };
}
