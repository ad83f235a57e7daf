import { describe, expect, it } from 'vitest';
import { pinoLogger, watched } from './watchedLoggers.ts';

const PINO_HTTP = [
  'onResFinished (/app/node_modules/pino-http/logger.js:115:44)',
  'ServerResponse.onResponseComplete (/app/node_modules/pino-http/logger.js:178:14)',
  'ServerResponse.emit (node:events:509:28)',
];
const WRAPPED = [...PINO_HTTP, 'ServerResponse.emit (/app/src/wrapped.js:7:3)'];
const SHOP = ['charge (/app/src/charge.js:7:3)', ...PINO_HTTP];

const failed = (message: string, frames: readonly string[]) =>
  Object.defineProperty(new Error(message), 'stack', {
    value: [`Error: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n'),
  });

/** What is logged is in one request, and after `next` in another. */
function started() {
  let number = 0;
  const running = watched({}, { currentRequest: () => ({ id: `request-${number}` }) });
  return { ...running, next: () => (number += 1) };
}

/** As pino-http logs at the end of a response. */
const atTheEnd = (err: Error, statusCode = 500) =>
  pinoLogger().log.error({ res: { statusCode }, err, responseTime: 7 }, 'request errored');

describe('what pino-http says at the end of a failed request', () => {
  it.each([
    ['of its own', PINO_HTTP],
    ['in a response that the application has wrapped', WRAPPED],
    ['without a stack', []],
  ])('is no second error where the request has one: %s', (_, frames) => {
    const { tracker, said, events, next } = started();
    pinoLogger().log.error(new RangeError('sold out'));
    atTheEnd(failed('failed with status code 500', frames));
    expect(said()).toEqual(['RangeError: sold out']);
    expect(tracker.groups.counts().errors).toBe(1);
    next();
    atTheEnd(failed('failed with status code 503', frames), 503);
    expect(tracker.groups.counts().errors).toBe(2);
    expect(events()[1]).toMatchObject({ source: 'log', isHandled: false });
  });

  it.each([
    ['the application says so', 'failed with status code 500', SHOP],
    ['something else is said', 'Request failed with status code 500', PINO_HTTP],
    ['more is said', 'failed with status code 500: no tea', PINO_HTTP],
    ['it is no status', 'failed with status code 7000', PINO_HTTP],
  ])('is an error of its own where %s', (_, message, frames) => {
    const { tracker } = started();
    pinoLogger().log.error(new RangeError('sold out'));
    atTheEnd(failed(message, frames));
    expect(tracker.groups.counts().errors).toBe(2);
  });

  it('runs no code of the error', () => {
    const { tracker, reports } = started();
    const raise = (): never => {
      throw new Error('a getter');
    };
    class Hostile extends Error {
      override get name(): string {
        return raise();
      }
    }
    const err = Object.defineProperty(new Hostile('failed with status code 500'), 'stack', { get: raise });
    pinoLogger({ serializers: { err: () => 'hostile' } }).log.error({ err }, 'request errored');
    expect(reports).toEqual([]);
    expect(tracker.groups.counts().errors).toBe(1);
  });
});

describe('an error that is logged with a response', () => {
  const raise = (): never => {
    throw new Error('a trap');
  };
  it.each<[string, object, boolean]>([
    ["Node's, which failed", { res: { statusCode: 500 } }, false],
    ["Fastify's, which failed", { res: { raw: { statusCode: 503 } } }, false],
    ["Node's, which did not", { res: { statusCode: 499 } }, true],
    ["Fastify's, which did not", { res: { raw: { statusCode: 200 } } }, true],
    ['none', {}, true],
    ['a text', { res: '500' }, true],
    ['a text for a status', { res: { statusCode: '500' } }, true],
    ['a getter', { res: Object.defineProperty({}, 'statusCode', { get: raise }) }, true],
    ['a Proxy', { res: new Proxy({ statusCode: 500 }, { get: raise, getOwnPropertyDescriptor: raise }) }, true],
  ])('is handled or not as the response tells: %s', (_, fields, isHandled) => {
    const { events, reports } = started();
    pinoLogger({ serializers: { res: () => 'response' } }).log.error({ ...fields, err: new RangeError('sold out') });
    expect(events()).toMatchObject([{ isHandled, error: { message: 'sold out' } }]);
    expect(reports).toEqual([]);
  });
});
