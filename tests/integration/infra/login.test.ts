import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formedLine, formedMessages } from '../../support/formedLine.ts';
import { userPassword } from '../../support/issuerSecrets.ts';
import { WebVisitor, type WebPage } from '../../support/webVisitor.ts';
import { LoginServers } from '../support/loginServers.ts';

// oauth2-proxy with the arguments of the stack, and a real issuer. What an Ingress and network policies add: tests/e2e.
const member = { email: 'member@allowed.example', groups: ['sre, "EU"'] };
const stranger = { email: 'stranger@other.example', groups: ['sre, "EU"'] };
const lookalike = { email: 'somebody@notallowed.example', groups: ['sre, "EU"'] };
const outsider = { email: 'outsider@allowed.example', groups: ['sales'] };
const unverified = { email: 'unverified@allowed.example', emailVerified: false };
const users = [member, stranger, lookalike, outsider, unverified];
/** Servers that nobody has built before take minutes. */
const partMillis = 1_500_000;
let servers: LoginServers;

async function logIn(visitor: WebVisitor, address: string, { email }: { readonly email: string }): Promise<WebPage> {
  const form = await visitor.visit(address);
  expect(form.url.hostname).toBe('login.test');
  return visitor.submit(form, { login: email, password: userPassword });
}

describe('a UI on a host of its own', () => {
  beforeAll(async () => {
    servers = await LoginServers.start(users, {});
  }, partMillis);
  afterAll(() => servers[Symbol.asyncDispose]());

  test('who has no session is sent to the issuer with a challenge, and nothing reaches the UI', async () => {
    servers.arrived.length = 0;
    const { url } = await new WebVisitor(servers.transport).visit('https://ui.test/search?service=shop');
    expect(url.pathname).toMatch(/^\/auth/);
    const start = await new WebVisitor(servers.transport).ask('https://ui.test/search');
    const login = new URL(start.headers.location ?? '');
    expect(login.searchParams.get('code_challenge_method')).toBe('S256');
    expect(login.searchParams.get('nonce')).toBeTruthy();
    expect(login.searchParams.get('redirect_uri')).toBe('https://ui.test/oauth2/callback');
    expect(servers.arrived).toEqual([]);
  });

  test('who logs in comes back to the page that was asked for', async () => {
    const page = await logIn(new WebVisitor(servers.transport), 'https://ui.test/search?service=shop', member);
    expect([page.status, page.body]).toEqual([200, 'reached /search?service=shop']);
  });

  test('who is asked for by a script is refused, not sent to a page for people', async () => {
    const answer = await new WebVisitor(servers.transport).ask('https://ui.test/api/services');
    expect([answer.status, answer.headers.location]).toEqual([401, undefined]);
  });

  test.each([
    ['of another domain', stranger],
    ['of a domain that only ends alike', lookalike],
  ])('somebody %s is refused, though the issuer knows them', async (_which, user) => {
    servers.arrived.length = 0;
    const visitor = new WebVisitor(servers.transport);
    const page = await logIn(visitor, 'https://ui.test/search', user);
    expect(page.status).toBe(403);
    expect([...visitor.cookies.values()].filter(({ name }) => name === '__Host-tracewright')).toEqual([]);
    expect(servers.arrived).toEqual([]);
  });

  test('an e-mail address that the issuer has not verified is nobody', async () => {
    const page = await logIn(new WebVisitor(servers.transport), 'https://ui.test/search', unverified);
    expect(page.status).toBe(500);
    // What a process writes comes by another way than its answer.
    await expect.poll(() => servers.log).toContain("isn't verified");
  });

  test('the session is in one cookie that only this host is sent, over https, and no script reads', async () => {
    const visitor = new WebVisitor(servers.transport);
    await logIn(visitor, 'https://ui.test/', member);
    const kept = [...visitor.cookies.values()].filter(({ host }) => host === 'ui.test');
    expect(kept.map(({ name }) => name)).toEqual(['__Host-tracewright']);
    expect(kept[0]?.attributes).toEqual(['path=/', 'max-age=28800', 'httponly', 'secure', 'samesite=lax']);
    const plain = await visitor.ask('http://ui.test/search');
    expect(plain.status).toBe(302);
  });

  test('a forged, changed or cut cookie is worth nothing', async () => {
    const visitor = new WebVisitor(servers.transport);
    await logIn(visitor, 'https://ui.test/', member);
    const cookie = [...visitor.cookies.values()].find(({ host }) => host === 'ui.test');
    if (cookie === undefined) throw new Error('there is no session');
    const { value } = cookie;
    const key = `ui.test / ${cookie.name}`;
    const [session = '', time = '', signature = ''] = value.split('|');
    const later = String(Number(time) + 3600);
    for (const forged of [
      'admin',
      `${session}|${later}|${signature}`,
      `${session.slice(0, -8)}AAAAAAA=|${time}|${signature}`,
      `${session}|${time}|`,
    ]) {
      visitor.cookies.set(key, { ...cookie, value: forged });
      expect((await visitor.ask('https://ui.test/search')).status).toBe(302);
    }
    visitor.cookies.set(key, cookie);
    expect((await visitor.ask('https://ui.test/search')).status).toBe(200);
  });

  test('headers that claim to be somebody open nothing, and are replaced by who it is', async () => {
    const headers = {
      'x-forwarded-user': 'admin',
      'x-forwarded-email': 'admin@allowed.example',
      'x-forwarded-preferred-username': 'admin',
      'x-forwarded-groups': 'admins',
      'x-auth-request-user': 'admin',
      'x-auth-request-email': 'admin@allowed.example',
      'x-forwarded-uri': '/oauth2/sign_in',
      'x-forwarded-for': '127.0.0.1',
      'x-real-ip': '127.0.0.1',
    };
    expect((await new WebVisitor(servers.transport).ask('https://ui.test/search', { headers })).status).toBe(302);
    const visitor = new WebVisitor(servers.transport);
    await logIn(visitor, 'https://ui.test/', member);
    servers.arrived.length = 0;
    expect((await visitor.ask('https://ui.test/search', { headers })).status).toBe(200);
    expect(servers.arrived).toHaveLength(1);
    const arrived = servers.arrived[0] ?? {};
    expect(arrived['x-forwarded-email']).toBe('member@allowed.example');
    const claims = ['x-forwarded-user', 'x-forwarded-preferred-username', 'x-forwarded-groups'];
    expect(claims.map((name) => arrived[name]).join()).not.toMatch(/admin/);
    expect(arrived['x-forwarded-access-token']).toBeUndefined();
    expect(arrived.authorization).toBeUndefined();
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    String.raw`/\evil.example/`,
    '/%09/evil.example',
    'javascript:alert(1)',
    '/../\\evil.example',
  ])('a way back to %s leads nowhere else than to this host', async (target) => {
    const rd = encodeURIComponent(target);
    const visitor = new WebVisitor(servers.transport);
    const page = await logIn(visitor, `https://ui.test/oauth2/start?rd=${rd}`, member);
    expect([page.url.origin, page.status]).toEqual(['https://ui.test', 200]);
    const out = await visitor.ask(`https://ui.test/oauth2/sign_out?rd=${rd}`);
    expect(new URL(out.headers.location ?? '', 'https://ui.test/').origin).toBe('https://ui.test');
    const named = await new WebVisitor(servers.transport).ask('https://ui.test/x', {
      headers: { 'x-forwarded-host': 'evil.example', 'x-auth-request-redirect': target },
    });
    expect(new URL(named.headers.location ?? '').searchParams.get('redirect_uri')).toBe(
      'https://ui.test/oauth2/callback',
    );
    const [, ...back] = (new URL(named.headers.location ?? '').searchParams.get('state') ?? '').split(':');
    expect(new URL(back.join(':'), 'https://ui.test/').origin).toBe('https://ui.test');
  });

  test('somebody who has logged out is asked again', async () => {
    const visitor = new WebVisitor(servers.transport);
    await logIn(visitor, 'https://ui.test/', member);
    await visitor.ask('https://ui.test/oauth2/sign_out');
    expect((await visitor.ask('https://ui.test/search')).status).toBe(302);
  });

  test('a code that was meant for another browser is refused', async () => {
    const attacker = new WebVisitor(servers.transport);
    const form = await attacker.visit('https://ui.test/search');
    const login = await attacker.ask(form.url);
    const action = /action="([^"]*)"/.exec(login.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const posted = await attacker.ask(new URL(action, login.url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ login: member.email, password: userPassword }).toString(),
    });
    let callback = new URL(posted.headers.location ?? '', posted.url);
    for (let hops = 0; callback.hostname !== 'ui.test' && hops < 5; hops++)
      callback = new URL((await attacker.ask(callback)).headers.location ?? '', callback);
    expect(callback.pathname).toBe('/oauth2/callback');
    expect((await new WebVisitor(servers.transport).ask(callback)).status).toBe(403);
  });

  test('whatever a request says, its log is lines of JSON in one form', async () => {
    const agent = String.raw`it's "me" \ <&= ` + '\u00FF\t\u00E9';
    await new WebVisitor(servers.transport).ask(String.raw`https://ui.test/api/x?a=\'b'`, {
      headers: { 'user-agent': agent },
    });
    const answered = () =>
      servers.log
        .split('\n')
        .map(formedLine)
        .findLast((line) => line?.message === 'request answered');
    await expect.poll(() => answered()?.fields['path']).toMatch(/^\/api\/x\?a=/);
    expect(answered()).toMatchObject({ level: 'info', fields: { method: 'GET', status: 401, user: '-' } });
    // As Go writes what is no UTF-8, and quotation marks.
    expect(answered()?.fields['user_agent']).toBe(String.raw`it's \"me\" \\ <&= \xff\t\xe9`);
    expect(formedMessages(servers.log).length).toBeGreaterThan(10);
  });

  test('no secret, session, code or token stands in its log', async () => {
    const visitor = new WebVisitor(servers.transport);
    await logIn(visitor, 'https://ui.test/', member);
    const session = [...visitor.cookies.values()].find(({ name }) => name === '__Host-tracewright')?.value ?? '';
    expect((await visitor.ask('https://ui.test/oauth2/callback?code=abcdefgh12345678&state=x%3A%2F')).status).toBe(403);
    const { log } = servers;
    expect(log).toContain('callback without its CSRF cookie');
    expect(log).toContain('Authenticated via OAuth2');
    expect(log).toContain('stranger@other.example');
    for (const secret of [session.slice(0, 40), 'secret of the client', '0123456789abcdef0123456789abcdef'])
      expect(log).not.toContain(secret);
    expect(log).not.toMatch(/code=[a-z0-9]{8}/);
    expect(session.length).toBeGreaterThan(100);
  });
});

describe('a UI under a base path, for groups', () => {
  beforeAll(async () => {
    servers = await LoginServers.start(users, { basePath: '/traces', groups: ['sre, "EU"'], emailDomains: ['*'] });
  }, partMillis);
  afterAll(() => servers[Symbol.asyncDispose]());

  test('a member of the group comes in, and their cookie is sent to no other path of the host', async () => {
    const visitor = new WebVisitor(servers.transport);
    const page = await logIn(visitor, 'https://ui.test/traces/search', member);
    expect(page.body).toBe('reached /traces/search');
    expect(page.way.join(' ')).toContain('https://ui.test/traces/oauth2/callback?');
    const kept = [...visitor.cookies.values()].filter(({ host }) => host === 'ui.test');
    expect(kept.map(({ name, path }) => [name, path])).toEqual([['__Secure-tracewright', '/traces']]);
    expect((await visitor.ask('https://ui.test/traces/api/services')).status).toBe(200);
  });

  test('somebody outside of the group is refused', async () => {
    expect((await logIn(new WebVisitor(servers.transport), 'https://ui.test/traces/search', outsider)).status).toBe(
      403,
    );
  });

  test('a script without a session is refused', async () => {
    expect((await new WebVisitor(servers.transport).ask('https://ui.test/traces/api/traces')).status).toBe(401);
  });
});
