import { ownData } from '../../core/thrown/ownData.ts';
import { toError } from '../../core/toError.ts';
import type { ErrorTracker } from '../errorTracker.ts';
import { LoggedError } from './loggedError.ts';
import type { ErrorGroups } from '../groups/errorGroups.ts';
import { isRequestSummary } from './isRequestSummary.ts';
import type { LoggersConfig } from './loggersOptions.ts';
import type { LogLine } from './logLine.ts';
import type { ReportedErrors } from './reportedErrors.ts';

/** What a teller of log lines needs. */
export interface LogTellerPorts {
  readonly errors: Pick<ErrorTracker, 'tell' | 'addBreadcrumb'> & { readonly groups: Pick<ErrorGroups, 'isTelling'> };
  readonly config: Pick<LoggersConfig, 'breadcrumbs' | 'linesWithoutError'>;
  readonly problems: Pick<ReportedErrors, 'report' | 'has' | 'isReporting' | 'isRepetition'>;
}

/** Tells an error tracker what log lines tell: errors, and what happened before them. */
export class LogTeller {
  readonly #ports: LogTellerPorts;
  /** What the application's rules log while a line is told is not told: it would have no end. */
  #isTelling = false;

  constructor(ports: LogTellerPorts) {
    this.#ports = ports;
  }

  /** Tells a line. Never throws: the application is about to write it. */
  tell(read: () => LogLine | undefined): void {
    const { errors, problems } = this.#ports;
    // What listeners and `onError` log is about an error that is known, whoever told of it.
    if (this.#isTelling || problems.isReporting || errors.groups.isTelling) return;
    this.#isTelling = true;
    try {
      const line = read();
      if (line !== undefined) this.#tell(line);
    } catch (error) {
      problems.report(toError(error));
    } finally {
      this.#isTelling = false;
    }
  }

  #tell(line: LogLine): void {
    const { errors, config } = this.#ports;
    const { logger, level, message } = line;
    if (line.isError) this.#tellError(line);
    // After its error, which is to be shown with what came before.
    if (config.breadcrumbs && message !== undefined && message !== '') {
      errors.addBreadcrumb('log', message, Object.freeze({ level, logger }));
    }
  }

  #tellError({ logger, level, message, thrown, isOfFailedRequest }: LogLine): void {
    const { errors, config, problems } = this.#ports;
    const error = thrown ?? (config.linesWithoutError && message ? new LoggedError(message) : undefined);
    if (error === undefined || problems.has(error)) return;
    const said = ownData(error, 'message');
    if (problems.isRepetition([message, said])) return;
    const text = message !== undefined && message !== said ? { message } : {};
    const isSummary = isRequestSummary(error);
    const handled = !isSummary && !isOfFailedRequest;
    errors.tell(error, { source: 'log', handled, isSummary, context: { logger, level, ...text } });
  }
}
