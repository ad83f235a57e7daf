import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { roleOfToken } from '../../../../../runtime/src/dashboard/server/authentication/accessTokens.ts';
import { resolveAuthentication } from '../../../../../runtime/src/dashboard/server/authentication/resolveAuthentication.ts';
import { WrongTokens } from '../../../../../runtime/src/dashboard/server/authentication/wrongTokens.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

const TOKENS = { operate: new Secret('operates'), read: new Secret('reads'), peer: new Secret('replicates') };
const NONE = { operate: undefined, read: undefined, peer: undefined };

describe('a token', () => {
  it.each([
    ['operates', 'operate'],
    ['reads', 'read'],
    ['replicates', 'peer'],
    ['operate', undefined],
    ['operates ', undefined],
    ['', undefined],
    ['undefined', undefined],
  ])('%j is of the role %s', (token, role) => {
    expect(roleOfToken(TOKENS, token)).toBe(role);
    expect(roleOfToken(NONE, token)).toBeUndefined();
  });

  it('is made new, long, and known to nobody where none was given', () => {
    const [first, second] = [0, 1].map(() => resolveAuthentication({}, undefined, () => 0).newToken?.reveal());
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
  });

  it('is not made where one was given, or where the application says who somebody is', () => {
    const given = resolveAuthentication({ operateToken: TOKENS.operate }, undefined, () => 0);
    expect([given.newToken, given.authentication.tokens.operate]).toEqual([undefined, TOKENS.operate]);
    const own = resolveAuthentication({ authenticate: () => undefined }, TOKENS.peer, () => 0);
    expect([own.newToken, own.authentication.sessions]).toEqual([undefined, undefined]);
    expect(own.authentication.tokens).toEqual({ ...NONE, peer: TOKENS.peer });
  });
});

describe('wrong tokens', () => {
  function counted() {
    const host = new FakeHost();
    const errors: Error[] = [];
    const wrong = new WrongTokens({ monotonicMillis: host.monotonicMillis, onError: (error) => errors.push(error) });
    return { host, errors, wrong };
  }

  it('are ten of an address, and ten more each minute', () => {
    const { host, wrong } = counted();
    for (let index = 0; index < 10; index += 1) {
      expect(wrong.waitSeconds('10.0.0.1')).toBe(0);
      expect(wrong.count('10.0.0.1')).toBe(0);
    }
    expect([wrong.waitSeconds('10.0.0.1'), wrong.waitSeconds('10.0.0.2')]).toEqual([6, 0]);
    host.advance(6_000);
    expect(wrong.waitSeconds('10.0.0.1')).toBe(0);
    wrong.count('10.0.0.1');
    expect(wrong.waitSeconds('10.0.0.1')).toBe(6);
  });

  it('from everywhere are told to wait after a hundred a minute, and keep no address from having its token looked at', () => {
    const { errors, wrong } = counted();
    for (let index = 0; index < 100; index += 1) expect(wrong.count(`10.0.0.${index}`)).toBe(0);
    expect(errors).toEqual([]);
    expect([wrong.count('10.0.1.1'), wrong.count('10.0.1.2')]).toEqual([1, 1]);
    expect(wrong.waitSeconds('10.0.1.3')).toBe(0);
  });

  it('from everywhere are told to the application once in ten minutes', () => {
    const { host, errors, wrong } = counted();
    const guess = () => {
      for (let index = 0; index < 300; index += 1) wrong.count(`10.0.${index}.1`);
    };
    guess();
    expect(errors.map(String)).toEqual([
      'TokensGuessedError: more than 100 wrong tokens a minute were given to the page: somebody may be guessing',
    ]);
    host.advance(599_999);
    guess();
    expect(errors).toHaveLength(1);
    host.advance(1);
    guess();
    expect(errors).toHaveLength(2);
  });
});
