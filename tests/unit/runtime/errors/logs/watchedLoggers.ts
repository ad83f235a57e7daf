import { Writable } from 'node:stream';
import pino, { type LoggerOptions } from 'pino';
import { onTestFinished } from 'vitest';
import winston from 'winston';
import type { ErrorRequest } from '../../../../../runtime/src/errors/capturedError.ts';
import { ErrorTracker } from '../../../../../runtime/src/errors/errorTracker.ts';
import type { ErrorTrackerOptions } from '../../../../../runtime/src/errors/errorTrackerOptions.ts';
import { nodeLoggers } from '../../../../../runtime/src/errors/logs/adapters/nodeLoggers.ts';
import type { LoggerPorts } from '../../../../../runtime/src/errors/logs/loggerPorts.ts';
import { ReportedErrors } from '../../../../../runtime/src/errors/logs/reportedErrors.ts';
import { watchLoggers } from '../../../../../runtime/src/errors/logs/watchLoggers.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

/** What a tracker is given besides. */
export interface WatchedPorts {
  readonly onError?: (error: Error) => void;
  readonly currentRequest?: () => ErrorRequest | undefined;
}

/** A tracker that the loggers of this process tell until the test is over, and what it was told. */
export function watched(
  options: ErrorTrackerOptions = {},
  { onError, currentRequest, ...ports }: Partial<LoggerPorts> & WatchedPorts = {},
) {
  const reports: string[] = [];
  const host = new FakeHost();
  const problems = new ReportedErrors((error) => {
    reports.push(error.message);
    onError?.(error);
  }, host);
  const tracker = new ErrorTracker(options, {
    host,
    currentTrace: () => undefined,
    onError: problems.report,
    ...(currentRequest && { currentRequest }),
  });
  const stop = watchLoggers({ errors: tracker, problems, loggers: { ...nodeLoggers(), ...ports } });
  onTestFinished(stop);
  const events = () =>
    tracker.groups
      .query({}, { order: 'firstSeen' })
      .groups.toReversed()
      .flatMap((group) => group.events);
  return {
    host,
    tracker,
    stop,
    reports,
    events,
    /** What was captured, each as `type: message`. */
    said: () => events().map(({ error }) => `${error.type}: ${error.message}`),
    /** The breadcrumbs of an error that comes now, each as `level: message`. */
    crumbs: () => {
      tracker.capture(new Error('now'));
      return (events().at(-1)?.breadcrumbs ?? []).map(({ message, data }) => `${String(data?.['level'])}: ${message}`);
    },
  };
}

/** A logger of pino, and the lines that it has written. */
export function pinoLogger<Level extends string = never>(options: LoggerOptions<Level> = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { log: pino<Level>({ base: null, timestamp: false, ...options }, destination), lines };
}

/** A logger of winston, and the lines that it has written. */
export function winstonLogger(options: winston.LoggerOptions = {}) {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: unknown, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: winston.createLogger({ transports: [new winston.transports.Stream({ stream })], ...options }), lines };
}
