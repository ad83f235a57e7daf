import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { SessionCookies } from '../../../../../runtime/src/dashboard/server/authentication/sessionCookies.ts';

const TWELVE_HOURS = 12 * 60 * 60 * 1000;
const SCOPE = { mount: '/tracewright', isSecure: false };
const ADA = { role: 'operate', name: 'Ada' } as const;

let nowMillis = 1_795_737_600_000;
const cookies = sessionsOf('the token to operate', 'the token to read');

function sessionsOf(operate: string, read?: string): SessionCookies {
  const tokens = { operate: new Secret(operate), read: read === undefined ? undefined : new Secret(read) };
  return new SessionCookies(tokens, () => nowMillis);
}

/** What a browser sends of a header that set a cookie. */
function sent(header: string): string {
  return header.split(';')[0] ?? '';
}

/** The cookie with something else said, under the signature of what was said. */
function forged(header: string, said: unknown): string {
  const signature = sent(header).split('.')[1] ?? '';
  return `tracewright_session=${Buffer.from(JSON.stringify(said)).toString('base64url')}.${signature}`;
}

describe('a session', () => {
  it('says who somebody is, for the path of the page, out of reach of scripts and other sites', () => {
    const header = cookies.issue(ADA, SCOPE);
    expect(header).toMatch(
      /^tracewright_session=[\w.-]+; Path=\/tracewright\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
    expect(cookies.sessionOf(sent(header))?.identity).toEqual(ADA);
    expect(cookies.issue(ADA, { mount: '', isSecure: true })).toMatch(/; Path=\/; .+; Secure$/);
  });

  it('ends after twelve hours, to the millisecond', () => {
    const cookie = sent(cookies.issue(ADA, SCOPE));
    const startMillis = nowMillis;
    nowMillis = startMillis + TWELVE_HOURS - 1;
    expect(cookies.sessionOf(cookie)?.identity).toEqual(ADA);
    nowMillis = startMillis + TWELVE_HOURS;
    expect(cookies.sessionOf(cookie)).toBeUndefined();
    nowMillis = startMillis;
  });

  it('is told from another of the same person', () => {
    const first = cookies.sessionOf(sent(cookies.issue(ADA, SCOPE)))?.id;
    nowMillis += 1;
    expect(cookies.sessionOf(sent(cookies.issue(ADA, SCOPE)))?.id).not.toBe(first);
  });

  it('is taken by replicas that have the same tokens, and by none that has others', () => {
    const cookie = sent(cookies.issue(ADA, SCOPE));
    expect(sessionsOf('the token to operate').sessionOf(cookie)?.identity).toEqual(ADA);
    expect(sessionsOf('another token').sessionOf(cookie)).toBeUndefined();
  });

  it('of a role whose token was taken away is none', () => {
    const cookie = sent(cookies.issue({ role: 'read', name: 'Bob' }, SCOPE));
    expect(cookies.sessionOf(cookie)?.identity).toEqual({ role: 'read', name: 'Bob' });
    expect(sessionsOf('the token to operate').sessionOf(cookie)).toBeUndefined();
    expect(() => sessionsOf('the token to operate').issue({ role: 'read', name: 'Bob' }, SCOPE)).toThrow(
      'there is no token of the role read',
    );
  });

  it.each([
    ['another role', ['operate', 'Bob', nowMillis + TWELVE_HOURS]],
    ['another name', ['read', 'Ada', nowMillis + TWELVE_HOURS]],
    ['a later end', ['read', 'Bob', nowMillis + 10 * TWELVE_HOURS]],
    ['the role of replicas', ['peer', 'Bob', nowMillis + TWELVE_HOURS]],
    ['no role', [null, 'Bob', nowMillis]],
    ['no list', { role: 'operate' }],
  ])('is not made of another by %s', (_what, said) => {
    expect(cookies.sessionOf(forged(cookies.issue({ role: 'read', name: 'Bob' }, SCOPE), said))).toBeUndefined();
  });

  it.each([
    null,
    undefined,
    '',
    'tracewright_session',
    'tracewright_session=',
    'tracewright_session=.',
    'tracewright_session=e30.',
    'tracewright_session=W10.AAAA',
    `tracewright_session=${'a'.repeat(100_000)}.a`,
    ';;;=;',
  ])('is none where the cookies are %j', (header) => {
    expect(cookies.sessionOf(header)).toBeUndefined();
  });

  it('is found behind one of the same name that another path has, and one that is cut', () => {
    const right = sent(cookies.issue(ADA, SCOPE));
    const header = `a=b; tracewright_session=old.wrong; ${right.slice(0, -1)}; ${right}; c=d`;
    expect(cookies.sessionOf(header)?.identity).toEqual(ADA);
  });

  it('is taken back by an empty cookie that is over', () => {
    expect(cookies.end(SCOPE)).toBe('tracewright_session=; Path=/tracewright/; Max-Age=0; HttpOnly; SameSite=Strict');
  });
});
