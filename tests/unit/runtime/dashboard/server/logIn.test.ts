import { describe, expect, it } from 'vitest';
import { OPERATE, PEER, problemIn, READ, shownApp } from '../../../../support/shownApp.ts';

const SESSION = '/api/v1/session';
const ACCOUNTING = '/api/v1/accounting';

/** What a browser sends of the cookie that it got. */
function cookieOf(answer: Response): { readonly cookie: string } {
  return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

describe('logging in', () => {
  it('by a token gives a session of its role, by which one may look and act', async () => {
    const { ask, say, groupId } = shownApp();
    const answer = await say(SESSION, { token: OPERATE, name: '  Ada \u0000\n Lovelace ' });
    expect(await answer.json()).toEqual({ role: 'operate', name: 'Ada   Lovelace', canLeave: true });
    const headers = cookieOf(answer);
    expect(await (await ask(SESSION, { headers })).json()).toMatchObject({ name: 'Ada   Lovelace' });
    const done = await say(`/api/v1/errors/${groupId}/acknowledge`, {}, { headers });
    expect(await done.json()).toMatchObject({ output: { by: 'Ada   Lovelace' } });
  });

  it('by the token to look gives a session that may not act', async () => {
    const { say, groupId } = shownApp();
    const headers = cookieOf(await say(SESSION, { token: READ }));
    expect((await say(`/api/v1/errors/${groupId}/acknowledge`, {}, { headers })).status).toBe(403);
  });

  it('sets a cookie for the path of the mount, and for HTTPS alone where that was used', async () => {
    const from = { mount: '/ops', isSecure: true };
    const answer = await shownApp().say(SESSION, { token: OPERATE }, { from });
    expect(answer.headers.get('set-cookie')).toMatch(
      /; Path=\/ops\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    );
  });

  it.each([
    [{ token: 'wrong' }, 401],
    [{ token: PEER }, 401],
    [{ token: '' }, 400],
    [{}, 400],
    [{ token: 1 }, 400],
    [{ token: OPERATE, name: 'x'.repeat(201) }, 400],
    [{ token: OPERATE, role: 'operate' }, 400],
    [{ token: 'x'.repeat(1_001) }, 400],
  ])('is refused for %j', async (said, status) => {
    const answer = await shownApp().say(SESSION, said);
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([status, null]);
  });

  it('is refused to an address that guesses, with the right token, too; others and sessions are let in', async () => {
    const { ask, say, host } = shownApp();
    const headers = cookieOf(await say(SESSION, { token: OPERATE }));
    for (let index = 0; index < 10; index += 1) {
      expect((await say(SESSION, { token: `wrong ${index}` })).status).toBe(401);
    }
    const refused = await say(SESSION, { token: OPERATE });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '6']);
    expect((await problemIn(refused))['detail']).toBe('There were too many wrong tokens. Try again in 6 s.');
    expect((await ask(ACCOUNTING, { token: OPERATE })).status).toBe(429);
    expect((await ask(ACCOUNTING, { headers })).status).toBe(200);
    expect((await say(SESSION, { token: OPERATE }, { from: { address: '10.0.0.2' } })).status).toBe(200);
    host.advance(6_000);
    expect((await say(SESSION, { token: OPERATE })).status).toBe(200);
  });

  it('is refused to nobody who has a token, however many guess from everywhere', async () => {
    const { say, errors } = shownApp();
    const at = (index: number) => ({ from: { address: `10.1.${index}.1` } });
    for (let index = 0; index < 100; index += 1) await say(SESSION, { token: 'wrong' }, at(index));
    expect((await say(SESSION, { token: 'wrong' }, at(200))).status).toBe(429);
    expect((await say(SESSION, { token: OPERATE }, at(200))).status).toBe(200);
    expect(errors.map(({ name }) => name)).toEqual(['TokensGuessedError']);
  });
});

describe('logging out', () => {
  it('takes the cookie back, also from who has none', async () => {
    const answer = await shownApp().ask(SESSION, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
      204,
      'tracewright_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ]);
  });
});

describe("another site's page", () => {
  it.each([{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'http://evil.example' }])(
    'does nothing in the name of who is logged in, neither in nor out: %j',
    async (other) => {
      const { ask, say, groupId } = shownApp();
      const session = cookieOf(await say(SESSION, { token: OPERATE }));
      const headers = { ...session, ...other };
      const answers = [
        await say(`/api/v1/errors/${groupId}/acknowledge`, {}, { headers }),
        await say(SESSION, { token: OPERATE }, { headers }),
        await ask(SESSION, { method: 'DELETE', headers }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
      expect((await say(`/api/v1/errors/${groupId}/acknowledge`, {}, { headers: session })).status).toBe(200);
    },
  );

  it('has no token, which a program may send from wherever it is', async () => {
    const { say, groupId } = shownApp();
    const headers = { origin: 'http://evil.example' };
    expect((await say(`/api/v1/errors/${groupId}/acknowledge`, {}, { headers, token: OPERATE })).status).toBe(200);
  });
});

describe("the application's own authentication", () => {
  it('says who somebody is, of each request that it is shown', async () => {
    const seen: unknown[] = [];
    const { ask, say, groupId } = shownApp({
      authenticate: ({ method, url, headers, address }) => {
        seen.push([method, url, headers.get('x-user'), address]);
        return Promise.resolve({ role: 'operate', name: headers.get('x-user') ?? '' });
      },
    });
    expect(await (await ask(`${SESSION}?x=1`, { headers: { 'x-user': 'ada' } })).json()).toEqual({
      role: 'operate',
      name: 'ada',
      canLeave: false,
    });
    expect(seen).toEqual([['GET', `${SESSION}?x=1`, 'ada', '10.0.0.1']]);
    const done = await say(`/api/v1/errors/${groupId}/acknowledge`, {}, { headers: { 'x-user': 'x'.repeat(300) } });
    expect(await done.json()).toMatchObject({ output: { by: 'x'.repeat(200) } });
  });

  it('may have tokens of its own, which are no wrong ones', async () => {
    const authenticate = ({ headers }: { readonly headers: Headers }) =>
      headers.get('authorization') === 'Bearer of-its-own' ? ({ role: 'read' } as const) : undefined;
    const { ask } = shownApp({ authenticate });
    for (let index = 0; index < 30; index += 1) {
      expect((await ask(ACCOUNTING, { token: 'of-its-own' })).status).toBe(200);
    }
    for (let index = 0; index < 10; index += 1) expect((await ask(ACCOUNTING, { token: 'wrong' })).status).toBe(401);
    expect((await ask(ACCOUNTING, { token: 'wrong' })).status).toBe(429);
    expect((await ask(ACCOUNTING, { token: 'of-its-own' })).status).toBe(200);
  });

  it('is where one logs in: tokens are not taken for a session', async () => {
    const answer = await shownApp({ authenticate: () => undefined }).say(SESSION, { token: OPERATE });
    expect([answer.status, (await problemIn(answer))['detail']]).toEqual([
      404,
      'The application says who somebody is: log in there.',
    ]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no users today');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no users today'))],
  ])('refuses where it %s, and is told so', async (_how, authenticate) => {
    const { ask, errors } = shownApp({ authenticate });
    expect((await ask(ACCOUNTING)).status).toBe(500);
    expect(errors.map(String)).toEqual(['Error: no users today']);
  });

  it.each(['peer', 'admin', ''])('lets nobody in of whom it says the role "%s"', async (role) => {
    const { ask } = shownApp({ authenticate: () => ({ role: role as 'read' }) });
    for (const path of ['/api/v1/parts', '/api/v1/accounting']) expect((await ask(path)).status).toBe(401);
  });

  it('guards against other sites, since browsers send what it goes by, too', async () => {
    const { say, groupId } = shownApp({ authenticate: () => ({ role: 'operate' }) });
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await say(`/api/v1/errors/${groupId}/acknowledge`, {}, { headers })).status).toBe(403);
  });
});
