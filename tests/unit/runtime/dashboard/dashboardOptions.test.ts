import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../runtime/src/core/secret.ts';
import { createDashboard } from '../../../../runtime/src/dashboard/createDashboard.ts';

const NOTHING = { tracing: undefined, requests: undefined, performance: undefined, errors: undefined };

/** Why options are refused; nothing where they are not. */
function refusalOf(options: Record<string, unknown>): string {
  try {
    createDashboard(NOTHING as never, options);
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('an option of the page', () => {
  it.each([
    ['port', -1],
    ['port', 65_536],
    ['host', ''],
    ['allowedHosts', ['http://shop.example']],
    ['trustProxy', -1],
    ['trustProxy', 11],
    ['trustProxy', true],
    ['maxStreams', 0],
    ['maxStreams', 10_001],
    ['announce', 'stdout'],
    ['auth', 'token'],
    ['tokens', 'x'],
  ])('is refused by its name: %s of %j', (option, value) => {
    expect(refusalOf({ [option]: value })).toContain(option);
  });

  it.each([
    ['with a line feed at its end, as files have', 'a-known-token-of-a-file\n'],
    ['with a line feed within', 'a-known-token\nof two lines'],
    ['with letters that no header can have', 'a-known-token-\u20ac-\u20ac'],
  ])('that is a token %s is refused: nobody could show it, and it is not shown', (_what, token) => {
    const peers = { hostName: 'shop', port: 4319, token: new Secret(token) };
    const refusal = refusalOf({ auth: { operateToken: new Secret(token) }, peers });
    expect(refusal).toContain('auth.operateToken');
    expect(refusal).toContain('peers.token');
    expect(refusal).not.toContain('a-known-token');
  });

  it('that is a token that is too short is refused, and not shown', () => {
    const refusal = refusalOf({ auth: { operateToken: new Secret('short-and-known') } });
    expect(refusal).toContain('auth.operateToken');
    expect(refusal).not.toContain('short-and-known');
  });

  it.each([{}, { port: 0 }, { trustProxy: 10 }, { maxStreams: 10_000 }, { allowedHosts: [] }])(
    'may be %j',
    (options) => {
      expect(refusalOf(options)).toBe('');
    },
  );
});
