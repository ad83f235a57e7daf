import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { JaegerQueryClient } from '../../../../../runtime/src/dashboard/traces/adapters/jaegerQueryClient.ts';
import type { JaegerQueryOptions } from '../../../../../runtime/src/dashboard/traces/jaegerQueryOptions.ts';
import type { TraceQueryError } from '../../../../../runtime/src/dashboard/traces/traceQueryError.ts';
import { freeTcpPort } from '../../../support/freePort.ts';
import { LoopbackServers } from '../../../support/loopbackServers.ts';

const servers = new LoopbackServers();

afterEach(async () => {
  await servers.close();
});

async function clientOf(
  answer: RequestListener,
  options: Partial<JaegerQueryOptions> = {},
): Promise<JaegerQueryClient> {
  return new JaegerQueryClient({ url: await servers.listen(createServer(answer)), timeoutMillis: 2000, ...options });
}

/** What a query was refused with. */
async function refusal(query: Promise<unknown>): Promise<TraceQueryError> {
  return query.then(
    () => Promise.reject(new Error('it was answered')),
    (error: unknown) => error as TraceQueryError,
  );
}

const services = JSON.stringify({ data: ['shop'], errors: null });

describe('a query service that is broken', () => {
  it('is unreachable where nobody listens', async () => {
    const port = await freeTcpPort();
    const { kind, message } = await refusal(
      new JaegerQueryClient({ url: `http://127.0.0.1:${port}/jaeger` }).services(),
    );
    expect({ kind, message }).toEqual({
      kind: 'unreachable',
      message: `http://127.0.0.1:${port}/jaeger cannot be reached (ECONNREFUSED); see that Jaeger's query service runs, that the address is right, and that a network policy lets this process reach it`,
    });
  });

  it('is unreachable where its name is none', async () => {
    const jaeger = new JaegerQueryClient({ url: 'http://jaeger.invalid:16686' });
    expect(await refusal(jaeger.services())).toMatchObject({ kind: 'unreachable' });
  });

  it.each([
    ['closes the connection', ''],
    ['does not speak HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['breaks off', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"data":'],
  ])('is unreachable where it %s', async (_, said) => {
    const port = await freeTcpPort();
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(said));
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    servers.onClose(() => server.close());
    const jaeger = new JaegerQueryClient({ url: `http://127.0.0.1:${port}` });
    expect(await refusal(jaeger.services())).toMatchObject({ kind: 'unreachable' });
  });

  it.each<[string, RequestListener]>([
    ['does not answer', () => undefined],
    [
      'does not end its answer',
      (_request, response) => {
        response.write('{"data":');
      },
    ],
    [
      'answers a byte at a time',
      (_request, response) => {
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('is slow where it %s', async (_, answer) => {
    const jaeger = await clientOf(answer, { timeoutMillis: 300 });
    const began = performance.now();
    const { kind, message } = await refusal(jaeger.services());
    expect(performance.now() - began).toBeLessThan(1500);
    expect({ kind, message }).toEqual({
      kind: 'slow',
      message: `${jaeger.address} has not answered within 300 ms; seek a shorter time, or see whether Jaeger and its storage are busy`,
    });
  });

  it('is too large where it says so before, and where it does not end', async () => {
    let written = 0;
    const endless: RequestListener = (request, response) => {
      if (request.url === '/api/services') {
        response.writeHead(200, { 'content-length': 10_000_000 });
        response.write(' ');
        return;
      }
      const more = (): void => {
        while (!response.destroyed && response.write(' '.repeat(10_000))) written += 10_000;
      };
      response.on('drain', more);
      more();
    };
    const jaeger = await clientOf(endless, { maxAnswerBytes: 100_000 });
    const message = `${jaeger.address} answers with more than 97 KiB, which is not read; seek fewer traces or a shorter time, or look at the trace in Jaeger's UI`;
    expect(await refusal(jaeger.services())).toMatchObject({ kind: 'tooLarge', message });
    expect(await refusal(jaeger.operations('shop'))).toMatchObject({ kind: 'tooLarge', message });
    // What the sockets of both take is written as well.
    expect(written).toBeLessThan(20_000_000);
  });

  it('is too large by what its answer is when unpacked', async () => {
    const packed = gzipSync(`{"data":["${'x'.repeat(1_000_000)}"]}`);
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    };
    expect(packed.byteLength).toBeLessThan(2000);
    const jaeger = await clientOf(answer, { maxAnswerBytes: 100_000 });
    expect(await refusal(jaeger.services())).toMatchObject({ kind: 'tooLarge' });
  });

  it('is broken where it answers 500 with a page', async () => {
    const jaeger = await clientOf((_request, response) => {
      response.writeHead(500, { 'content-type': 'text/html' }).end('<html><h1>Internal error</h1></html>');
    });
    expect(await refusal(jaeger.services())).toMatchObject({ kind: 'broken', status: 500 });
  });

  it('is one of a proxy where it redirects, which is not followed', async () => {
    const visited: (string | undefined)[] = [];
    const login = await servers.listen(
      createServer((request, response) => {
        visited.push(request.url);
        response.end(services);
      }),
    );
    const jaeger = await clientOf(
      (_request, response) => response.writeHead(302, { location: `${login}/authorize?state=hunter2` }).end(),
      { headers: { 'x-tenant': new Secret('hunter2') } },
    );
    const { kind, message } = await refusal(jaeger.services());
    expect(kind).toBe('refused');
    expect(message).toContain(`answers 302 and sends to ${login}, which is not followed`);
    expect(message).not.toContain('hunter2');
    expect(visited).toEqual([]);
  });
});

describe('a query', () => {
  it('shows credentials and headers', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const answer: RequestListener = (request, response) => {
      seen.push(request.headers);
      response.end(services);
    };
    const headers = { 'x-tenant': new Secret('one') };
    const bearer = await clientOf(answer, { credentials: { token: new Secret('abc') }, headers });
    const basic = await clientOf(answer, { credentials: { username: 'page', password: new Secret('p:w') } });
    expect(await bearer.services()).toEqual(['shop']);
    expect(await basic.services()).toEqual(['shop']);
    expect(seen.map((each) => [each.authorization, each['x-tenant'], each.accept])).toEqual([
      ['Bearer abc', 'one', 'application/json'],
      [`Basic ${Buffer.from('page:p:w').toString('base64')}`, undefined, 'application/json'],
    ]);
  });

  it('waits for its turn while others are under way, and not longer than its time', async () => {
    let underWay = 0;
    let most = 0;
    const answer: RequestListener = (request, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      if (request.url === '/api/operations?service=stuck') return;
      setTimeout(() => {
        underWay -= 1;
        response.end(services);
      }, 20);
    };
    const jaeger = await clientOf(answer, { maxQueries: 2, timeoutMillis: 500 });
    expect(await Promise.all(Array.from({ length: 6 }, () => jaeger.services()))).toEqual(
      Array.from({ length: 6 }, () => ['shop']),
    );
    expect(most).toBe(2);
    const stuck = [1, 2, 3].map(() => refusal(jaeger.operations('stuck')));
    expect((await Promise.all(stuck)).map(({ kind }) => kind)).toEqual(['slow', 'slow', 'slow']);
    expect(await jaeger.services()).toEqual(['shop']);
  });

  it('does not fail for what traces do not have', async () => {
    const jaeger = await clientOf((_request, response) => response.end('{"data":null,"errors":null}'));
    expect(await jaeger.services()).toEqual([]);
    expect(await jaeger.operations('shop')).toEqual([]);
    expect(await jaeger.find({ service: 'shop' })).toEqual([]);
    expect(await refusal(jaeger.trace('abcdef0123456789'))).toMatchObject({ kind: 'notFound' });
  });

  it('is refused without asking where it makes no sense', async () => {
    const jaeger = new JaegerQueryClient({ url: 'http://jaeger.invalid' });
    expect(await refusal(jaeger.find({ service: '' }))).toMatchObject({ kind: 'badQuery' });
  });
});
