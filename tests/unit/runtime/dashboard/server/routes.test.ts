import { describe, expect, it } from 'vitest';
import { OPERATE, PEER, problemIn, READ, shownApp } from '../../../../support/shownApp.ts';

const ACCOUNTING = '/api/v1/accounting';

describe('every answer', () => {
  it.each(['/', '/assets/a-1.js', '/nothing', ACCOUNTING, '/api/v1/session'])(
    'forbids what the page does not need: %s',
    async (path) => {
      const { headers } = await shownApp().ask(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
          "trusted-types 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('says that the page was stopped, once it is', async () => {
    const { ask } = shownApp({ change: { isStopped: () => true } });
    const answer = await ask('/');
    expect([answer.status, (await problemIn(answer))['detail']]).toEqual([503, 'The page was stopped.']);
  });

  it('is 421 for a name that the page is not served under', async () => {
    const answer = await shownApp().ask('/', { headers: { host: 'evil.example' } });
    expect([answer.status, (await problemIn(answer))['title']]).toEqual([421, 'Unknown host']);
  });

  it('is 429 for an address that asks too often, which says when to come again', async () => {
    const { ask, host } = shownApp();
    for (let index = 0; index < 100; index += 1) await ask('/');
    const answer = await ask('/');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await ask('/', { from: { address: '10.0.0.2' } })).status).toBe(200);
    host.advance(1_000);
    expect((await ask('/')).status).toBe(200);
  });

  it('says nothing of what went wrong inside, which the application is told', async () => {
    const pageFiles = () => Promise.reject(new Error('the disk has a secret'));
    const { ask, errors } = shownApp({ change: { pageFiles } });
    const answer = await ask('/');
    expect(await problemIn(answer)).toEqual({
      type: 'about:blank',
      status: 500,
      title: 'Internal error',
      detail: 'Something went wrong inside; the application was told.',
    });
    expect(errors.map(String)).toEqual(['Error: the disk has a secret']);
  });
});

describe('the files of the page', () => {
  it('are those that were built, whatever is asked for', async () => {
    const { ask } = shownApp();
    expect(await (await ask('/')).text()).toBe('<!doctype html>');
    expect(await (await ask('/assets/a-1.js')).text()).toBe('1');
    for (const path of [
      '/assets',
      '/assets/',
      '/assets/a-1.js/',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fetc/passwd',
      '/__proto__',
      '/constructor',
      '/%00',
      '/%E0%A4%A',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
  });

  it('are kept for ever where their name has their hash, and are asked for again else', async () => {
    const { ask } = shownApp();
    const [page, script] = [await ask('/'), await ask('/assets/a-1.js')];
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const unchanged = await ask('/', { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
    expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
  });

  it('are sent as small as the browser takes them', async () => {
    const { ask } = shownApp();
    const small = await ask('/', { headers: { 'accept-encoding': 'gzip, br' } });
    expect([small.headers.get('content-encoding'), await small.text()]).toEqual(['br', 'br']);
    const plain = await ask('/', { headers: { 'accept-encoding': 'gzip' } });
    expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([null, 'accept-encoding']);
  });

  it('say what to do where they were never built', async () => {
    const { ask } = shownApp({ change: { pageFiles: () => Promise.resolve(new Map()) } });
    const answer = await ask('/');
    expect(answer.status).toBe(503);
    expect((await problemIn(answer))['detail']).toContain('npm run build --workspace runtime');
  });

  it('are beneath a slash: the address without it leads there', async () => {
    const answer = await shownApp().ask('/', { from: { lacksSlash: true, mount: '/ops/tracewright' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([308, 'tracewright/']);
  });
});

describe('a method', () => {
  it.each([
    ['POST', ACCOUNTING, 'GET, HEAD'],
    ['PUT', '/api/v1/session', 'GET, HEAD, POST, DELETE'],
    ['GET', '/api/v1/errors/0123456789abcdef/resolve', 'POST'],
    ['DELETE', '/api/v1/live', 'GET, HEAD'],
    ['POST', '/api/openapi.json', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
    ['PATCH', '/assets/a-1.js', 'GET, HEAD'],
  ])('that is not that of a place is refused with those that are: %s %s', async (method, path, allowed) => {
    const answer = await shownApp().ask(path, { method, token: OPERATE });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
    expect((await problemIn(answer))['detail']).toBe(`${method} is not done here, but ${allowed}.`);
  });

  it.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'makes no place of what is none: %s',
    async (method) => {
      const answer = await shownApp().ask(`/api/v1/nothing${'x'.repeat(5_000)}`, { method, token: OPERATE });
      expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
      expect(String((await problemIn(answer))['detail']).length).toBeLessThan(300);
    },
  );

  it('HEAD says what GET would, and no more', async () => {
    const answer = await shownApp().ask(ACCOUNTING, { method: 'HEAD', token: READ });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(100);
  });
});

describe('a role', () => {
  it.each([
    [undefined, 401, 401, 401],
    ['wrong', 401, 401, 401],
    [READ, 200, 403, 403],
    [OPERATE, 200, 200, 403],
    [PEER, 403, 403, 200],
  ])('by the token %s may look (%i), act (%i) and be a replica (%i)', async (token, looks, acts, replicates) => {
    const { ask, say, groupId } = shownApp();
    const given = token === undefined ? {} : { token };
    expect([
      (await ask(ACCOUNTING, given)).status,
      (await say(`/api/v1/errors/${groupId}/acknowledge`, {}, given)).status,
      (await ask('/api/v1/parts/accounting', given)).status,
    ]).toEqual([looks, acts, replicates]);
  });
});

describe('what is asked', () => {
  it('is answered with a tag, and not again where nothing changed', async () => {
    const { ask } = shownApp();
    const first = await ask(ACCOUNTING, { token: READ });
    const etag = first.headers.get('etag') ?? '';
    const again = await ask(ACCOUNTING, { token: READ, headers: { 'if-none-match': etag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect(first.headers.get('cache-control')).toBe('no-store');
  });

  it('is told what is wrong, each by its name', async () => {
    const answer = await shownApp().ask(`${ACCOUNTING}?x=1`, { token: READ });
    expect(answer.status).toBe(400);
    expect(await problemIn(answer)).toEqual({
      type: 'about:blank',
      status: 400,
      title: 'What was asked is wrong',
      detail: 'query: Unrecognized key: "x".',
      problems: [{ path: 'query', message: 'Unrecognized key: "x"' }],
    });
  });

  it('is 404 in words where nobody has it', async () => {
    const answer = await shownApp().ask('/api/v1/errors/0123456789abcdef', { token: READ });
    expect([answer.status, (await problemIn(answer))['title']]).toEqual([404, 'Not found']);
  });
});

describe('what is done', () => {
  it('is seen by who asks next, and told to viewers', async () => {
    const { ask, say, groupId, host, streams } = shownApp();
    await ask('/api/v1/live', { token: READ });
    const before = await (await ask('/api/v1/errors', { token: READ })).text();
    const done = await say(`/api/v1/errors/${groupId}/acknowledge`, { note: 'I look' }, { token: OPERATE });
    expect(await done.json()).toMatchObject({
      output: { id: groupId, state: 'acknowledged' },
      done: ['pod-1'],
      failed: [],
    });
    expect(await (await ask('/api/v1/errors', { token: READ })).text()).not.toBe(before);
    host.advance(1_000);
    expect(streams[0]?.sent[1]).toContain('"topics":["errors"');
  });

  it('is 409 where it cannot be done as things stand, 404 where nobody has the thing, and 400 where it is wrong', async () => {
    const { say, groupId } = shownApp();
    const resolve = (id: string, said: unknown) => say(`/api/v1/errors/${id}/resolve`, said, { token: OPERATE });
    expect((await resolve(groupId, {})).status).toBe(200);
    expect([
      (await resolve(groupId, {})).status,
      (await resolve('0123456789abcdef', {})).status,
      (await resolve(groupId, { note: 1 })).status,
      (await resolve(groupId, { other: 1 })).status,
    ]).toEqual([409, 404, 400, 400]);
  });

  it.each([
    ['[]', 400],
    ['null', 400],
    ['"x"', 400],
    ['{', 400],
    ['', 400],
    [`{"note":"${'x'.repeat(70_000)}"}`, 413],
    ['['.repeat(60_000), 400],
  ])('is an object of JSON that is not too large: %.20s', async (body, status) => {
    const { say, groupId } = shownApp();
    expect((await say(`/api/v1/errors/${groupId}/resolve`, body, { token: OPERATE })).status).toBe(status);
  });

  it.each([
    [{ note: 'x' }, 200],
    ['{"note":"x"}', 200],
    [Buffer.from('{"note":"x"}'), 200],
    [[], 400],
    ['{', 400],
    [null, 400],
  ])("may have been read by the application's own parser: %j", async (parsedBody, status) => {
    const { say, groupId } = shownApp();
    const answer = await say(`/api/v1/errors/${groupId}/resolve`, '', { token: OPERATE, from: { parsedBody } });
    expect(answer.status).toBe(status);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp', ''])(
    'is nothing that a form could send: %s',
    async (type) => {
      const { say, groupId } = shownApp();
      const headers = { 'content-type': type };
      expect((await say(`/api/v1/errors/${groupId}/resolve`, {}, { token: OPERATE, headers })).status).toBe(415);
    },
  );
});

describe('the stream', () => {
  it('is for those who may look, with what keeps proxies from holding it back', async () => {
    const { ask, streams } = shownApp();
    expect((await ask('/api/v1/live')).status).toBe(401);
    expect(streams).toEqual([]);
    const answer = await ask('/api/v1/live', { token: READ });
    expect(answer.headers.get('x-taken')).toBe('yes');
    expect(streams[0]?.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is refused in words to who has twenty, and to nobody else', async () => {
    const { ask, streams } = shownApp();
    for (let index = 0; index < 20; index += 1) await ask('/api/v1/live', { token: READ });
    const answer = await ask('/api/v1/live', { token: READ });
    expect([answer.status, answer.headers.get('retry-after'), streams.length]).toEqual([503, '10', 20]);
    expect((await problemIn(answer))['detail']).toContain('You watch 20 times already');
    await ask('/api/v1/live', { token: READ, from: { address: '10.0.0.2' } });
    expect(streams).toHaveLength(21);
  });
});
