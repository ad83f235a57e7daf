import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { resolveJaegerQueryOptions } from '../../../../../runtime/src/dashboard/traces/jaegerQueryOptions.ts';

const url = 'http://jaeger:16686/jaeger/';

describe('the options of queries to Jaeger', () => {
  it('have defaults, and an address without a slash at its end', () => {
    expect(resolveJaegerQueryOptions({ url })).toEqual({
      url: 'http://jaeger:16686/jaeger',
      headers: {},
      timeoutMillis: 5000,
      maxAnswerBytes: 33_554_432,
      maxQueries: 4,
    });
  });

  it('are kept as they are given', () => {
    const options = {
      url: 'https://jaeger.example',
      credentials: { username: 'page', password: new Secret('x:y') },
      headers: { 'x-tenant': new Secret('one') },
      timeoutMillis: 100,
      maxAnswerBytes: 1024,
      maxQueries: 1,
    };
    expect(resolveJaegerQueryOptions(options)).toEqual(options);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['url', { url: undefined }],
    ['url', { url: 'jaeger:16686' }],
    ['url', { url: 'http://user:hunter2@jaeger' }],
    ['url', { url: 'http://jaeger?token=hunter2' }],
    ['credentials', { credentials: { token: 'hunter2' } }],
    ['credentials', { credentials: { token: new Secret('hunter2\nx-evil: 1') } }],
    ['credentials', { credentials: { username: 'a:b', password: new Secret('hunter2') } }],
    ['credentials', { credentials: { username: 'a', password: 'hunter2' } }],
    ['headers', { headers: { 'x-a': 'hunter2' } }],
    ['headers', { headers: { 'x a': new Secret('hunter2') } }],
    ['headers', { headers: { 'x-a': new Secret('hunter2\r\nx-evil: 1') } }],
    ['headers', { headers: { 'x-a': new Secret('hunter2 ключ') } }],
    ['timeoutMillis', { timeoutMillis: 99 }],
    ['maxAnswerBytes', { maxAnswerBytes: 1023 }],
    ['maxQueries', { maxQueries: 0 }],
    ['retries', { retries: 3 }],
  ])('are refused with a wrong %s, and no secret is said', (option, wrong) => {
    const refused = (): unknown => resolveJaegerQueryOptions({ url, ...wrong });
    expect(refused).toThrow(
      expect.objectContaining({
        name: 'ConfigurationError',
        message: expect.not.stringContaining('hunter2') as unknown,
        problems: [expect.objectContaining({ option })],
      }),
    );
  });
});
