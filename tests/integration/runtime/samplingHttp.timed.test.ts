// @spec S2.6
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { httpGet } from '../../../runtime/src/tracing/sampling/adapters/httpGet.ts';
import { repository } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}/sampling?service=shop`;
}

const serve = (answer: RequestListener): Promise<string> => listen(createHttpServer(answer));
const serveRaw = (answer: (socket: Socket) => void): Promise<string> => listen(createServer(answer));

const get = (url: string, signal: AbortSignal = new AbortController().signal) =>
  httpGet(url, { maxBodyBytes: 1000, signal });

describe('httpGet', () => {
  it('asks as it was told, over a connection of its own', async () => {
    const requests: IncomingMessage[] = [];
    const url = await serve((request, response) => {
      requests.push(request);
      response.end('{}');
    });
    expect(await get(url)).toEqual({ status: 200, body: '{}' });
    const asked = requests.map(({ method, url: path, headers }) => [method, path, headers.accept, headers.connection]);
    expect(asked).toEqual([['GET', '/sampling?service=shop', 'application/json', 'close']]);
  });

  it('reads letters that come in pieces', async () => {
    const [first, ...rest] = Buffer.from('日本');
    const url = await serve((_request, response) => {
      response.write(Buffer.from([first ?? 0]));
      setTimeout(() => response.end(Buffer.from(rest)), 20);
    });
    expect(await get(url)).toEqual({ status: 200, body: '日本' });
  });

  it.each([500, 404, 204])('answers with the status %d', async (status) => {
    const url = await serve((_request, response) => response.writeHead(status).end());
    expect(await get(url)).toEqual({ status, body: '' });
  });

  it('goes nowhere else', async () => {
    const requests: unknown[] = [];
    const url = await serve((request, response) => {
      requests.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await get(url)).toEqual({ status: 302, body: '' });
    expect(requests).toHaveLength(1);
  });

  it('reads a body of the largest allowed size, and none that is larger', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(1000)));
    expect((await get(url)).body).toHaveLength(1000);
    const larger = await serve((_request, response) => response.end('x'.repeat(1001)));
    await expect(get(larger)).rejects.toThrow('the answer has more than 1000 bytes');
  });

  it('lets go of a body that never ends', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      response.on('close', () => closed.resolve());
      const timer = setInterval(() => response.write('x'.repeat(100)), 5);
      response.on('close', () => clearInterval(timer));
    });
    await expect(get(url)).rejects.toThrow('the answer has more than 1000 bytes');
    await closed.promise;
  });

  it.each([
    ['no HTTP', (socket: Socket) => socket.end('220 mail.example.org\r\n'), /Parse Error/],
    ['nothing', (socket: Socket) => socket.destroy(), /socket hang up|ECONNRESET/],
    [
      'half of what it announced',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"strategy'),
      /aborted/,
    ],
  ])('fails when the server says %s', async (_what, answer, message) => {
    const url = await serveRaw((socket) => {
      // Its end is not seen otherwise.
      socket.on('error', () => undefined).resume();
      answer(socket);
    });
    await expect(get(url)).rejects.toThrow(message);
  });

  it('says why no address of a host with several answers', async () => {
    const url = await serve(() => undefined);
    const server = servers.pop();
    server?.close();
    await expect(get(url.replace('127.0.0.1', 'localhost'))).rejects.toThrow(/connect ECONNREFUSED/);
  });

  it('speaks TLS where the URL says so', async () => {
    const url = await serve((_request, response) => response.end());
    await expect(get(url.replace('http:', 'https:'))).rejects.toThrow(/SSL|wrong version number/);
  });

  it.each(['before an answer', 'within an answer'])('ends when it is told to, %s', async (when) => {
    const closed = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      response.on('close', () => closed.resolve());
      if (when === 'within an answer') response.write('{');
      asked.resolve();
    });
    const controller = new AbortController();
    const answer = get(url, controller.signal);
    await asked.promise;
    setTimeout(() => controller.abort(), 50);
    await expect(answer).rejects.toThrow(/aborted/);
    await closed.promise;
  });
});

describe('a process that asks Jaeger how to sample', () => {
  it.each([
    ['never answers', () => undefined, 'no answer yet, ProbabilisticSampler{1}'],
    [
      'answers',
      ((_request, response) =>
        response.end('{"strategyType":0,"probabilisticSampling":{"samplingRate":0.5}}')) satisfies RequestListener,
      'ProbabilisticSampler{0.5}',
    ],
  ])('ends when its work is done, while a server %s', async (_what, answer: RequestListener, inForce) => {
    let requests = 0;
    const server = createHttpServer((request, response) => {
      requests += 1;
      answer(request, response);
    });
    const url = await listen(server);
    const args = ['--conditions=tracewright-source', 'tests/integration/runtime/apps/remoteSampling.ts', url];
    const startedAt = performance.now();
    const app = new TestProcess({ command: process.execPath, args, cwd: repository });
    expect(await app.end()).toEqual({ code: 0, signal: null });
    // A question that nobody answers is given up after ten seconds, and the next one is asked after sixty.
    expect(performance.now() - startedAt).toBeLessThan(9000);
    expect(app.output).toContain(inForce);
    expect(requests).toBe(1);
    server.closeAllConnections();
  });
});
