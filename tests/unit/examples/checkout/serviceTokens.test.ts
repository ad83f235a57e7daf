import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  behindTokens,
  readServiceTokens,
  ServiceTokens,
} from '../../../../examples/checkout/src/service/serviceTokens.ts';

const KEY = 'k'.repeat(32);
const START = 1_800_000_000_000;
const calling = (authorization?: string): { headers: { authorization?: string } } => ({
  headers: authorization === undefined ? {} : { authorization },
});
const tokensAt = (millis: number, key = KEY): ServiceTokens => new ServiceTokens(key, () => millis);

describe('a token of the shop', () => {
  const token = tokensAt(START).create('storefront');

  it('is good for a minute, and no longer', () => {
    expect(() => tokensAt(START + 60_000).verify(calling(`Bearer ${token}`))).not.toThrow();
    expect(() => tokensAt(START + 60_001).verify(calling(`Bearer ${token}`))).toThrow('the token has expired');
  });

  it.each([
    ['none', undefined, 'the call has no token'],
    ['no bearer', `Basic ${token}`, 'the call has no token'],
    ['one without a signature', `Bearer ${token.split('.')[0] ?? ''}`, 'the call has no token'],
    [
      'another key',
      `Bearer ${tokensAt(START, 'x'.repeat(32)).create('storefront')}`,
      "the token's signature is not the shop's",
    ],
    ['a cut signature', `Bearer ${token.slice(0, -4)}`, "the token's signature is not the shop's"],
    ['other claims', `Bearer A${token}`, "the token's signature is not the shop's"],
  ])('is refused with 401: %s', (_what, authorization, message) => {
    expect(() => tokensAt(START).verify(calling(authorization))).toThrow(
      expect.objectContaining({ status: 401, message }),
    );
  });
});

describe('SHOP_TOKEN_KEY', () => {
  it('may be left out: there are no tokens then, and routes are as they were', () => {
    expect([readServiceTokens({}), readServiceTokens({ SHOP_TOKEN_KEY: '' })]).toEqual([undefined, undefined]);
    const routes = [{ method: 'GET', pattern: '/', handle: () => Promise.resolve({ status: 200, body: {} }) }] as const;
    expect(behindTokens(routes, undefined)).toBe(routes);
  });

  it('has 32 characters or more, and is not shown', () => {
    expect(readServiceTokens({ SHOP_TOKEN_KEY: KEY })).toBeInstanceOf(ServiceTokens);
    expect(() => readServiceTokens({ SHOP_TOKEN_KEY: 'hunter2' })).toThrow(
      'SHOP_TOKEN_KEY is "[not shown]"; it must be of 32 characters or more',
    );
  });

  it('keeps callers without a token from every route', async () => {
    const [route] = behindTokens(
      [{ method: 'GET', pattern: '/', handle: () => Promise.resolve({ status: 200, body: 'in' }) }],
      tokensAt(START),
    );
    const message = new IncomingMessage(new Socket());
    await expect(route?.handle({ message, parameters: {} })).rejects.toMatchObject({ status: 401 });
    message.headers.authorization = `Bearer ${tokensAt(START).create('storefront')}`;
    await expect(route?.handle({ message, parameters: {} })).resolves.toEqual({ status: 200, body: 'in' });
  });
});
