import type { Logger } from 'pino';
import { describe, expect, it } from 'vitest';
import { pinoLogger, watched } from './watchedLoggers.ts';

const soldOut = () => new RangeError('sold out');

const ways: readonly (readonly [string, (log: Logger) => void, object])[] = [
  ['alone', (log) => log.error(soldOut()), {}],
  ['with a text', (log) => log.error(soldOut(), 'no tea'), { message: 'no tea' }],
  ['under err', (log) => log.error({ err: soldOut() }, 'no tea'), { message: 'no tea' }],
  ['under another key', (log) => log.error({ sku: 7, reason: soldOut() }, 'no tea'), { message: 'no tea' }],
  ['with a format', (log) => log.error(soldOut(), 'no %s', 'tea'), { message: 'no tea' }],
  ['by a child', (log) => log.child({ sku: 7 }).error(soldOut()), {}],
  ['as fatal', (log) => log.fatal(soldOut()), { level: 'fatal' }],
];

describe('errors that pino logs', () => {
  it.each(ways)('are captured, %s', (_, write, context) => {
    const { events, said } = watched();
    const { log, lines } = pinoLogger();
    write(log);
    expect(said()).toEqual(['RangeError: sold out']);
    expect(events()[0]).toMatchObject({ source: 'log', isHandled: true });
    expect(events()[0]?.context).toEqual({ logger: 'pino', level: 'error', ...context });
    expect(lines).toHaveLength(1);
  });

  it('are found under the error key of the logger, and the one under err before others', () => {
    const { said } = watched();
    pinoLogger({ errorKey: 'problem' }).log.error(soldOut());
    pinoLogger().log.error({ first: new TypeError('an earlier one'), err: new SyntaxError('the one that is meant') });
    expect(said()).toEqual(['RangeError: sold out', 'SyntaxError: the one that is meant']);
  });

  it('are none in lines below error, and in lines that are not written', () => {
    const { said, crumbs } = watched();
    const { log } = pinoLogger({ level: 'silent' });
    log.error(soldOut());
    pinoLogger().log.warn(soldOut());
    expect(said()).toEqual([]);
    expect(crumbs()).toEqual(['warn: sold out']);
  });

  it('are those of own levels that are as bad as error, whichever way the numbers go', () => {
    const { said } = watched();
    const up = pinoLogger({ customLevels: { notice: 35, security: 70 } }).log;
    up.notice(new RangeError('a notice'));
    up.security(new RangeError('a breach'));
    const down = pinoLogger({
      customLevels: { alert: 1, error: 3, info: 6 },
      useOnlyCustomLevels: true,
      levelComparison: 'DESC',
      level: 'info',
    }).log;
    down.info(new RangeError('no error'));
    down.error(new RangeError('an error'));
    down.alert(new RangeError('an alert'));
    expect(said()).toEqual(['RangeError: a breach', 'RangeError: an error', 'RangeError: an alert']);
  });

  it('are captured once, however often they are logged and told', () => {
    const { tracker } = watched();
    const { log } = pinoLogger();
    const error = soldOut();
    log.error(error);
    log.child({}).error({ err: error }, 'again');
    tracker.tell(error, { source: 'request', handled: false });
    expect(tracker.groups.counts().errors).toBe(1);
  });

  it('leave lines as they are, and the channel without a listener at the end', () => {
    const write = () => {
      const { log, lines } = pinoLogger({ mixin: () => ({ shop: 'tea' }) });
      log.error(
        { err: Object.assign(soldOut(), { stack: 'RangeError: sold out\n    at shop.js:1:1' }), sku: 7 },
        'no tea',
      );
      return lines;
    };
    const bare = write();
    const { said, stop: end } = watched();
    expect(write()).toEqual(bare);
    end();
    expect(write()).toEqual(bare);
    expect(said()).toHaveLength(1);
  });
});

describe('lines of pino', () => {
  it('are breadcrumbs with their level, and redacted', () => {
    const { log } = pinoLogger({ level: 'trace' });
    const { crumbs } = watched();
    log.trace('cart %d', 7);
    log.info({ sku: 7, password: 'hunter2' }, 'item added');
    log.info({ sku: 7 });
    log.error('login of ada@example.com failed');
    expect(crumbs()).toEqual([
      'trace: cart 7',
      'info: item added',
      expect.stringMatching(/^error: login of \[.*\] failed$/),
    ]);
  });

  it('are none where that is switched off', () => {
    const { crumbs, said } = watched({ loggers: { breadcrumbs: false } });
    pinoLogger().log.error(soldOut(), 'no tea');
    expect(said()).toEqual(['RangeError: sold out']);
    expect(crumbs()).toEqual([]);
  });

  it('without an error are errors only where that is asked for', () => {
    const quiet = watched();
    pinoLogger().log.error('payment refused for 17');
    expect(quiet.said()).toEqual([]);
    quiet.stop();
    const { tracker, said, events } = watched({ loggers: { linesWithoutError: true } });
    pinoLogger().log.error({ sku: 7 }, 'payment refused for 17');
    pinoLogger().log.error('payment refused for 18');
    pinoLogger().log.error({ sku: 7 });
    expect(said()).toEqual(['LoggedError: payment refused for 18', 'LoggedError: payment refused for 17']);
    expect(tracker.groups.counts()).toMatchObject({ errors: 2, groups: 1 });
    expect(events()[0]?.error.frames).toEqual([]);
  });

  it.each([{ loggers: false } as const, { loggers: { pino: false } }])('are not listened to with %j', (options) => {
    const { said, crumbs } = watched(options);
    pinoLogger().log.error(soldOut(), 'no tea');
    expect(said()).toEqual([]);
    expect(crumbs()).toEqual([]);
  });
});
