import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, exchanged, loggedIn, pageOfTest, type PageOfTest, TOKEN } from './askedPage.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

let page: PageOfTest;
let port: number;

beforeAll(async () => {
  page = pageOfTest();
  ({ port } = await page.dashboard.listen());
});

afterAll(async () => {
  // Whatever was sent: the application was never told of it, and the page is there still.
  expect(page.errors).toEqual([]);
  expect((await ask(port, '/api/v1/accounting', { headers: await loggedIn(port) })).status).toBe(200);
  await page[Symbol.asyncDispose]();
});

function head(line: string, ...headers: readonly string[]): string {
  return [line, ...headers, 'Connection: close', '', ''].join('\r\n');
}

function statusesIn(text: string): readonly number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

describe('bytes that are no request', () => {
  it.each([
    ['noise', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256)), [400]],
    ['the start of TLS', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]), [400]],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['no version', 'GET /\r\n\r\n', [400]],
    ['a method that is none', head('STEAL / HTTP/1.1', 'Host: localhost'), [400]],
    ['headers that are too large', head('GET / HTTP/1.1', 'Host: localhost', `A: ${'b'.repeat(20_000)}`), [431]],
    ['an address that is too long', head(`GET /${'a'.repeat(20_000)} HTTP/1.1`, 'Host: localhost'), [431]],
    [
      'two lengths',
      head('POST /api/v1/session HTTP/1.1', 'Host: localhost', 'Content-Length: 2', 'Content-Length: 3'),
      [400],
    ],
    [
      'a length beside chunks',
      head('POST / HTTP/1.1', 'Host: localhost', 'Content-Length: 2', 'Transfer-Encoding: chunked'),
      [400],
    ],
  ])('are refused: %s', async (_what, bytes, statuses) => {
    expect(statusesIn(await exchanged(port, bytes))).toEqual(statuses);
  });
});

describe('requests that are odd', () => {
  it.each([
    ['no host', head('GET / HTTP/1.1'), 400],
    ['an empty host', head('GET / HTTP/1.1', 'Host:'), 400],
    ['a host that cannot be read', head('GET / HTTP/1.1', 'Host: [evil]'), 400],
    ['a host with a path', head('GET / HTTP/1.1', 'Host: localhost/x'), 400],
    ['a host with a name before it', head('GET / HTTP/1.1', 'Host: localhost@evil.example'), 400],
    ["another site's name", head('GET / HTTP/1.1', 'Host: evil.example'), 421],
    ["another site's name within the address", head('GET http://evil.example/ HTTP/1.1', 'Host: evil.example'), 421],
    ['a backslash', head('GET /\\..\\x HTTP/1.1', 'Host: localhost'), 400],
    ['an address without a slash', head('OPTIONS * HTTP/1.1', 'Host: localhost'), 400],
    ['a path upwards', head('GET /assets/../../../etc/passwd HTTP/1.1', 'Host: localhost'), 404],
    ['a path upwards that is escaped', head('GET /..%2f..%2f..%2fetc%2fpasswd HTTP/1.1', 'Host: localhost'), 404],
    ['an escape that is none', head('GET /%E0%A4%A HTTP/1.1', 'Host: localhost'), 404],
    ['a byte that is zero', head('GET /%00 HTTP/1.1', 'Host: localhost'), 404],
  ])('are answered: %s', async (_what, bytes, status) => {
    expect(statusesIn(await exchanged(port, bytes))).toEqual([status]);
  });

  it('are answered as problems, with what forbids scripts, where the host cannot be read', async () => {
    const text = await exchanged(port, head('GET / HTTP/1.1', 'Host: [evil]'));
    expect(text).toContain("content-security-policy: default-src 'none'");
    expect(text).toContain('"detail":"The address of the request, or its host, cannot be read."');
  });

  it('that come one after another at once are answered in their order', async () => {
    const asked = [
      'GET /api/v1/accounting HTTP/1.1\r\nHost: localhost\r\n\r\n',
      `GET /api/v1/accounting HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
      'GET /nothing HTTP/1.1\r\nHost: evil.example\r\n\r\n',
      head('GET /nothing HTTP/1.1', 'Host: localhost'),
    ];
    expect(statusesIn(await exchanged(port, asked.join('')))).toEqual([401, 200, 421, 404]);
  });

  it('whose body ends early leave nothing behind', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
          () => socket.destroy(),
        );
      });
      socket.on('close', () => resolve());
    });
  });
});

describe("another site's page", () => {
  it.each([{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }])(
    'neither logs in nor acts: %j',
    async (other) => {
      const headers = { ...JSON_TYPE, ...(await loggedIn(port)), ...other };
      const body = JSON.stringify({ token: TOKEN });
      expect((await ask(port, '/api/v1/session', { method: 'POST', headers, body })).status).toBe(403);
      const path = '/api/v1/errors/0123456789abcdef/resolve';
      expect((await ask(port, path, { method: 'POST', headers, body: '{}' })).status).toBe(403);
    },
  );
});

describe('wrong tokens', () => {
  const logIn = (at: number, token: string, headers = {}) =>
    ask(at, '/api/v1/session', {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify({ token }),
    });

  it('from one browser keep others behind the same proxy from nothing, where the proxy is trusted', async () => {
    await using proxied = pageOfTest({ trustProxy: 1 });
    const { port: at } = await proxied.dashboard.listen();
    const guesser = { 'x-forwarded-for': '6.6.6.6' };
    const statuses: number[] = [];
    for (let index = 0; index < 12; index += 1) {
      // What it says itself does not count.
      const said = { 'x-forwarded-for': `9.9.9.${index}, 6.6.6.6` };
      statuses.push((await logIn(at, 'wrong', said)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    expect((await logIn(at, TOKEN, guesser)).status).toBe(429);
    expect((await logIn(at, TOKEN, { 'x-forwarded-for': '1.1.1.1' })).status).toBe(200);
  });

  it('are those of the connection where no proxy is trusted, whatever is said', async () => {
    await using alone = pageOfTest();
    const { port: at } = await alone.dashboard.listen();
    for (let index = 0; index < 10; index += 1) await logIn(at, 'wrong', { 'x-forwarded-for': `9.9.9.${index}` });
    expect((await logIn(at, 'wrong', { 'x-forwarded-for': '1.1.1.1' })).status).toBe(429);
  });
});
