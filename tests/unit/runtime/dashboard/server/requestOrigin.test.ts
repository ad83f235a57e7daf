import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../../../runtime/src/dashboard/server/clientAddress.ts';
import { isAllowedHost, isCrossSite } from '../../../../../runtime/src/dashboard/server/requestOrigin.ts';

describe('a name that is asked for', () => {
  it.each(['localhost', 'LOCALHOST:1', '127.0.0.1:80', '[::1]', '[::1]:80', 'shop.example', 'shop.example:8080'])(
    'is served: %s',
    (host) => {
      expect(isAllowedHost(host, { names: ['shop.example'] })).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'x.shop.example',
    'shop.example.',
    'localhost.',
    '127.0.0.1.evil.example',
    '::1',
  ])('is not served: %s', (host) => {
    expect(isAllowedHost(host, { names: ['shop.example'] })).toBe(false);
  });

  it('is any where the application decides', () => {
    expect([
      isAllowedHost('evil.example', { names: undefined }),
      isAllowedHost(undefined, { names: undefined }),
    ]).toEqual([true, true]);
  });
});

describe("a request of another site's page", () => {
  const HOST = { host: 'shop.example' };

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, true],
    [{ 'sec-fetch-site': 'same-site' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': '' }, true],
    // What a browser says of the site goes before the origin, which a proxy in between may make wrong.
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://outside.example' }, false],
    [{ origin: 'http://shop.example' }, false],
    [{ origin: 'https://shop.example' }, false],
    [{ origin: 'http://shop.example:81' }, true],
    [{ origin: 'http://evil.example' }, true],
    [{ origin: 'null' }, true],
    [{ origin: '' }, true],
    [{}, false],
  ])('is told by %j: %s', (headers, isOther) => {
    expect(isCrossSite(new Headers({ ...HOST, ...headers }))).toBe(isOther);
  });
});

describe('where a browser is', () => {
  it.each([
    ['10.0.0.9', '1.1.1.1', 0, '10.0.0.9'],
    ['10.0.0.9', undefined, 1, '10.0.0.9'],
    ['10.0.0.9', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
    ['10.0.0.9', '6.6.6.6, 1.1.1.1, 10.0.0.8', 2, '1.1.1.1'],
    ['10.0.0.9', '1.1.1.1', 3, '1.1.1.1'],
    ['10.0.0.9', ' 2001:db8::1 ', 1, '2001:db8::1'],
    ['10.0.0.9', 'unknown', 1, '10.0.0.9'],
    ['10.0.0.9', '', 1, '10.0.0.9'],
    ['::ffff:10.0.0.9', undefined, 0, '10.0.0.9'],
    ['10.0.0.9', '::ffff:1.1.1.1', 1, '1.1.1.1'],
    [undefined, undefined, 0, undefined],
  ])('is, for a connection of %s with %s and %i proxies, %s', (remote, forwardedFor, hops, address) => {
    expect(clientAddress(remote, forwardedFor, hops)).toBe(address);
  });
});
