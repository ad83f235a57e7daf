import { describe, expect, it, onTestFinished } from 'vitest';
import winston from 'winston';
import { ConfigurationError } from '../../../../../runtime/src/core/configurationError.ts';
import { ErrorTracker } from '../../../../../runtime/src/errors/errorTracker.ts';
import { ReportedErrors } from '../../../../../runtime/src/errors/logs/reportedErrors.ts';
import { watchLoggers } from '../../../../../runtime/src/errors/logs/watchLoggers.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { pinoLogger, watched, winstonLogger } from './watchedLoggers.ts';

const soldOut = () => new RangeError('sold out');
const raise = (): never => {
  throw new Error('a rule that fails');
};

describe('telling an error tracker what is logged', () => {
  it('has an end where what goes wrong is logged, at once or later', async () => {
    const { log, lines } = pinoLogger();
    const onError = (error: Error): void => {
      log.error(error, 'at once');
      setImmediate(() => log.error(error, 'later'));
    };
    const { tracker, reports } = watched({ fingerprint: raise }, { onError });
    log.error(soldOut());
    tracker.capture(new TypeError('by a call'));
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(reports).toEqual(['a rule that fails', 'a rule that fails']);
    expect(tracker.groups.counts().errors).toBe(2);
    expect(lines).toHaveLength(5);
  });

  it('has an end where listeners of the tracker log errors', () => {
    const { log, lines } = pinoLogger();
    const { tracker } = watched();
    tracker.listen({ appeared: ({ message }) => log.error(new Error(`new: ${message}`)) });
    log.error(soldOut());
    expect(tracker.groups.counts().errors).toBe(1);
    expect(lines).toHaveLength(2);
  });

  it('does not make logging fail, nor what is logged after it unheard', () => {
    const { log, lines } = pinoLogger();
    const told: unknown[] = [];
    const problems = new ReportedErrors(raise, new FakeHost());
    const { config } = new ErrorTracker({}, { host: new FakeHost() });
    const stop = watchLoggers({
      errors: {
        config,
        groups: { isTelling: false },
        addBreadcrumb: raise,
        tell: (thrown) => {
          told.push(thrown);
          return undefined;
        },
      },
      problems,
    });
    onTestFinished(stop);
    const error = soldOut();
    log.error(error);
    log.error({ err: 'text' }, 'no tea');
    winstonLogger().log.error(error);
    expect(told).toEqual([error, error]);
    expect(lines).toHaveLength(2);
  });

  it('goes on with other loggers where one cannot be listened to', () => {
    const { reports, said } = watched({}, { listenToPino: raise });
    winstonLogger().log.error(soldOut());
    expect(reports).toEqual(['a rule that fails']);
    expect(said()).toEqual(['RangeError: sold out']);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'told'],
    ['no line', {}],
    ['no arguments', { instance: {}, arguments: null }],
    ['no level', { instance: {}, arguments: [{}, 'text'] }],
    ['no levels', { instance: { levels: 7 }, arguments: [{}, 'no level of its own', 50] }],
  ])('makes nothing of what is told in another way: %s', (_, told) => {
    const { reports, said } = watched({}, { listenToPino: (listener) => (listener(told), () => undefined) });
    expect(said()).toEqual([]);
    expect(reports).toEqual([]);
  });

  it.each([undefined, null, 7, 'text', {}, [], () => undefined, Object.freeze(function () {})])(
    'makes nothing of a winston that is another: %s',
    (loggerClass) => {
      const { reports, stop } = watched({}, { findWinston: (found) => (found(loggerClass), () => undefined) });
      stop();
      expect(reports).toEqual([]);
    },
  );

  it('tells a line once where a winston is found twice', () => {
    const { crumbs } = watched(
      {},
      {
        findWinston: (found) => {
          found(winston.Logger);
          found(winston.Logger);
          return () => undefined;
        },
      },
    );
    winstonLogger().log.info('tea');
    expect(crumbs()).toEqual(['info: tea']);
  });

  it('runs no code of what is logged', () => {
    const { said, crumbs, reports } = watched();
    const fields = Object.defineProperty({ level: 'error', message: 'no tea' }, 'err', { get: raise });
    pinoLogger().log.error(fields, 'no tea');
    winstonLogger().log.log(fields);
    expect(said()).toEqual([]);
    expect(crumbs()).toEqual(['error: no tea', 'error: no tea']);
    expect(reports).toEqual([]);
  });

  it('keeps no more of a line than a breadcrumb holds, and nothing of prototypes', () => {
    const { tracker, events } = watched();
    pinoLogger().log.error(JSON.parse('{"__proto__":{"polluted":true}}'), 'x'.repeat(1_000_000));
    tracker.capture(soldOut());
    const [crumb] = events()[0]?.breadcrumbs ?? [];
    expect(crumb?.message).toHaveLength(1024);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('options of loggers', () => {
  const refused = (loggers: unknown): unknown => {
    try {
      return new ErrorTracker({ loggers } as never, { host: new FakeHost() });
    } catch (error) {
      return error instanceof ConfigurationError ? error.problems : error;
    }
  };

  it('have defaults', () => {
    const { config } = new ErrorTracker({}, { host: new FakeHost() });
    expect(config.loggers).toEqual({
      pino: true,
      winston: true,
      console: false,
      breadcrumbs: true,
      linesWithoutError: false,
    });
  });

  it('are refused where there are none of the name, or they are of another kind', () => {
    expect(refused({ pinno: true, console: 'yes' })).toMatchObject([
      { option: 'loggers.pinno', remedy: 'did you mean pino?' },
      { option: 'loggers.console', value: 'yes', allowed: 'true or false' },
    ]);
    expect(refused(true)).toMatchObject([{ option: 'loggers' }]);
    expect(refused([])).toMatchObject([{ option: 'loggers' }]);
  });
});
