import { describe, expect, it } from 'vitest';
import winston from 'winston';
import { watched, winstonLogger } from './watchedLoggers.ts';

const soldOut = () => new RangeError('sold out');
type Log = ReturnType<typeof winstonLogger>['log'];

const ways: readonly (readonly [string, (log: Log, error: Error) => void, string | undefined])[] = [
  ['error(err)', (log, error) => log.error(error), undefined],
  ['error(text, err)', (log, error) => log.error('no tea', error), 'no tea sold out'],
  ['error(format, err)', (log, error) => log.error('no %s', error), 'no %s'],
  ['error(text, { err })', (log, error) => log.error('no tea', { sku: 7, err: error }), 'no tea'],
  ['error({ message, error })', (log, error) => log.error({ message: 'no tea', error }), 'no tea'],
  ['log(level, err)', (log, error) => log.log('error', error as never), undefined],
  ['log({ level, message: err })', (log, error) => log.log({ level: 'error', message: error as never }), undefined],
  ['log({ level, message, error })', (log, error) => log.log({ level: 'error', message: 'no tea', error }), 'no tea'],
];

describe('errors that winston logs', () => {
  it.each(ways)('are captured once and known again: %s', (_, write, message) => {
    const { tracker, events, said } = watched();
    const { log, lines } = winstonLogger();
    const error = soldOut();
    write(log, error);
    expect(said()).toEqual(['RangeError: sold out']);
    expect(events()[0]).toMatchObject({ source: 'log', isHandled: true });
    expect(events()[0]?.context).toEqual({
      logger: 'winston',
      level: 'error',
      ...(message !== undefined && { message }),
    });
    write(log.child({ shop: 'tea' }), error);
    tracker.tell(error, { source: 'request', handled: false });
    expect(tracker.groups.counts().errors).toBe(1);
    expect(lines).toHaveLength(2);
  });

  it.each(ways)('are captured once and known again, by a child: %s', (_, write) => {
    const { tracker, said } = watched();
    const { log } = winstonLogger({ defaultMeta: { service: 'shop' } });
    const error = soldOut();
    write(log.child({ shop: 'tea' }).child({ shelf: 7 }), error);
    tracker.tell(error, { source: 'request', handled: false });
    expect(said()).toEqual(['RangeError: sold out']);
  });

  it('are known by their stack where the line has nothing else of them', () => {
    const { said, events } = watched();
    winstonLogger().log.log({
      level: 'error',
      message: 'sold out',
      stack: 'RangeError: sold out\n    at buy (/app/shop.js:1:2)',
    });
    expect(said()).toEqual(['RangeError: sold out']);
    expect(events()[0]?.error.frames).toMatchObject([{ functionName: 'buy', line: 1, column: 2 }]);
  });

  it('are none in lines below error, and in lines that are not written', () => {
    const { said, crumbs } = watched();
    winstonLogger({ silent: true }).log.error(soldOut());
    const { log } = winstonLogger({ level: 'info' });
    log.warn(soldOut());
    log.debug('not written');
    expect(said()).toEqual([]);
    expect(crumbs()).toEqual(['warn: sold out']);
  });

  it('are those of own levels that are as bad as error', () => {
    const { said } = watched();
    const { log } = winstonLogger({ levels: winston.config.syslog.levels });
    log.emerg(new RangeError('all is lost'));
    log.warning(new RangeError('a warning'));
    const own = winstonLogger({ levels: { fatal: 0, note: 1 }, level: 'note' }).log;
    own.log('fatal', new RangeError('the end'));
    own.log('note', new RangeError('a note'));
    expect(said()).toEqual(['RangeError: all is lost', 'RangeError: the end']);
  });

  it('are captured once through several transports', () => {
    const { tracker } = watched();
    const { log } = winstonLogger();
    log.add(new winston.transports.Stream({ stream: process.stderr, silent: true }));
    log.error(soldOut());
    expect(tracker.groups.counts().errors).toBe(1);
  });

  it('leave lines as they are, and the class of loggers at the end', () => {
    const classBefore = Object.getOwnPropertyNames(winston.Logger.prototype);
    const error = Object.assign(soldOut(), { stack: 'RangeError: sold out\n    at shop.js:1:1' });
    const write = () => {
      const { log, lines } = winstonLogger({ defaultMeta: { service: 'shop' } });
      for (const [, way] of ways) way(log.child({ shop: 'tea' }), error);
      expect(log.write({ level: 'info', message: 'written' })).toBe(true);
      return lines;
    };
    const bare = write();
    const { said, stop: end } = watched();
    expect(Object.getOwnPropertyNames(winston.Logger.prototype)).not.toEqual(classBefore);
    expect(write()).toEqual(bare);
    end();
    expect(Object.getOwnPropertyNames(winston.Logger.prototype)).toEqual(classBefore);
    expect(write()).toEqual(bare);
    expect(said()).toHaveLength(1);
  });

  it('are told to each of two trackers, and to the one that is left', () => {
    const first = watched();
    const second = watched();
    const { log } = winstonLogger();
    log.error(new RangeError('for both'));
    first.stop();
    log.error(new RangeError('for the second'));
    second.stop();
    log.error(new RangeError('for none'));
    expect(first.said()).toEqual(['RangeError: for both']);
    expect(second.said()).toEqual(['RangeError: for both', 'RangeError: for the second']);
  });

  it.each([{ loggers: false } as const, { loggers: { winston: false } }])('are not captured with %j', (options) => {
    const { said, crumbs } = watched(options);
    winstonLogger().log.error(soldOut());
    expect(said()).toEqual([]);
    expect(crumbs()).toEqual([]);
  });
});
