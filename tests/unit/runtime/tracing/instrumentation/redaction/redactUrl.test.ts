import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  redactQuery,
  redactUrl,
  redactUrlsIn,
} from '../../../../../../runtime/src/tracing/instrumentation/redaction/redactUrl.ts';

describe('redactUrl', () => {
  it.each([
    ['https://shop.example:8443/a/b', 'https://shop.example:8443/a/b'],
    ['https://ada:canary@shop.example/a?token=canary&page=2#canary', 'https://shop.example/a?token=?&page=?'],
    ['https://canary@shop.example', 'https://shop.example'],
    ['https://ada:can@ry@shop.example/@scope/name', 'https://shop.example/@scope/name'],
    ['https://ada:can/ary@shop.example/a', 'https://shop.example/a'],
    ['https://[::1]:80/a?b=canary', 'https://[::1]:80/a?b=?'],
    ['postgres://shop:canary@db/shop?password=canary', 'postgres://db/shop?password=?'],
    ['http://localhosthttp://ada:canary@127.0.0.1:99999/', 'http://localhosthttp://127.0.0.1:99999/'],
    ['/orders/17?token=canary', '/orders/17?token=?'],
    ['/orders/17#canary', '/orders/17'],
    ['*', '*'],
    ['', ''],
  ])('leaves of %s only where it leads', (url, redacted) => {
    expect(redactUrl(url)).toBe(redacted);
  });

  it('keeps no part of any user name, password, value or fragment', () => {
    const secret = fc.string({ minLength: 1 }).map((text) => `canary${encodeURIComponent(text)}`);
    fc.assert(
      fc.property(secret, secret, secret, fc.webPath(), (user, password, value, path) => {
        const url = `https://${user}:${password}@shop.example${path}?name=${value}&${value}#${value}`;
        expect(redactUrl(url)).toBe(`https://shop.example${path}?name=?&?`);
      }),
    );
  });

  it.each(['://', 'a://', '@', '?', '&', '#', '://a@', '://a:b/'])(
    'takes its time in proportion to many a %j',
    (piece) => {
      for (let time = 0; time < 20; time += 1) redactUrlsIn(redactUrl(piece.repeat(10_000)));
    },
  );
});

describe('redactQuery', () => {
  it.each([
    ['token=canary&page=2', 'token=?&page=?'],
    ['?token=canary', '?token=?'],
    ['canary', '?'],
    ['canary=', '?'],
    ['a=b=canary&&', 'a=?&&'],
    ['', ''],
  ])('leaves of %j the names of parameters', (query, redacted) => {
    expect(redactQuery(query)).toBe(redacted);
  });

  it('names so many parameters and no more', () => {
    const names = redactQuery('a=1&'.repeat(100)).split('&');
    expect({ named: names.filter((name) => name === 'a=?').length, last: names.at(-1) }).toEqual({
      named: 64,
      last: '…',
    });
  });
});

describe('redactUrlsIn', () => {
  it('redacts each URL of a text and nothing else', () => {
    const text = 'cannot go from "https://ada:canary@a/x?y=canary" to <http://b/?canary>: who@example did it';
    expect(redactUrlsIn(text)).toBe('cannot go from "https://a/x?y=?" to <http://b/??>: who@example did it');
  });
});
