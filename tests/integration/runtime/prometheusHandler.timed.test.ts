// @spec S4.5
import { once } from 'node:events';
import {
  createServer,
  get,
  type IncomingMessage,
  type RequestOptions,
  request,
  type Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import express from 'express';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { MetricSource } from '../../../runtime/src/export/metricSource.ts';
import { serveMetrics } from '../../../runtime/src/export/prometheus/adapters/serveMetrics.ts';
import { metricsHandler } from '../../../runtime/src/export/prometheus/metricsHandler.ts';
import type { MetricsHandlerOptions } from '../../../runtime/src/export/prometheus/metricsHandlerOptions.ts';
import { gauge, number } from '../../support/metricFixture.ts';

const TEXT = '# HELP shop_open Open.\n# TYPE shop_open gauge\nshop_open 1\n';
const plain: MetricSource = { collect: () => Promise.resolve([gauge()]) };
/** About 30 MB: more than the operating system has room for. */
const points = Array.from({ length: 100_000 }, (_, index) => number(index, { shard: index, padding: 'x'.repeat(250) }));
const large: MetricSource = { collect: () => Promise.resolve([gauge({ points })]) };

const servers: Server[] = [];
const errors: Error[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  errors.splice(0);
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function serve(source: MetricSource, options: MetricsHandlerOptions = {}): Promise<string> {
  const onError = (error: Error): number => errors.push(error);
  return listen(createServer(metricsHandler(source, { scopeLabels: false, onError, ...options })));
}

function open(url: string, options: RequestOptions = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end();
  });
}

async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('metricsHandler', () => {
  it('answers with the text, which no browser keeps or runs', async () => {
    const response = await open(await serve(plain));
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      vary: 'Accept, Accept-Encoding',
    });
    expect(String(await bodyOf(response))).toBe(TEXT);
  });

  it('answers in OpenMetrics who asks for it, and compressed', async () => {
    const headers = { accept: 'application/openmetrics-text;version=1.0.0', 'accept-encoding': 'gzip' };
    const response = await open(await serve(plain), { headers });
    expect(response.headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(String(gunzipSync(await bodyOf(response)))).toBe(`${TEXT}# EOF\n`);
  });

  it('does not compress where it is told not to', async () => {
    const response = await open(await serve(plain, { gzip: false }), { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(String(await bodyOf(response))).toBe(TEXT);
  });

  it('answers HEAD without collecting, and refuses what is neither GET nor HEAD', async () => {
    let collected = 0;
    const counting: MetricSource = {
      collect: () => {
        collected += 1;
        return plain.collect();
      },
    };
    const url = await serve(counting);
    const head = await open(url, { method: 'HEAD' });
    expect([head.statusCode, String(await bodyOf(head))]).toEqual([200, '']);
    const post = await open(url, { method: 'POST' });
    expect([post.statusCode, post.headers.allow]).toEqual([405, 'GET, HEAD']);
    expect(collected).toBe(0);
  });

  it.each<[what: string, source: MetricSource]>([
    ['rejects', { collect: () => Promise.reject(new Error('secret')) }],
    [
      'throws',
      {
        collect: () => {
          throw new Error('secret');
        },
      },
    ],
  ])('a source that %s is a 500 that says nothing of why, each time', async (_, source) => {
    const url = await serve(source);
    for (const count of [1, 2]) {
      const response = await open(url);
      expect([response.statusCode, String(await bodyOf(response))]).toEqual([
        500,
        'the metrics could not be collected\n',
      ]);
      expect(errors.map(({ message }) => message)).toEqual(Array.from({ length: count }, () => 'secret'));
    }
  });

  it('a source that hangs is a 500 after the timeout, and the next scrape begins anew', async () => {
    let hangs = true;
    const source: MetricSource = { collect: () => (hangs ? new Promise(() => undefined) : plain.collect()) };
    const url = await serve(source, { timeoutMillis: 50 });
    expect((await open(url)).statusCode).toBe(500);
    expect(errors[0]?.message).toBe('collecting metrics took longer than 50 ms');
    hangs = false;
    expect((await open(url)).statusCode).toBe(200);
  });

  it('scrapes that overlap are collected once', async () => {
    let collected = 0;
    const source: MetricSource = {
      collect: async () => {
        collected += 1;
        await delay(50);
        return plain.collect();
      },
    };
    const url = await serve(source);
    const responses = await Promise.all([open(url), open(url), open(url)]);
    expect(await Promise.all(responses.map(async (response) => String(await bodyOf(response))))).toEqual([
      TEXT,
      TEXT,
      TEXT,
    ]);
    expect(collected).toBe(1);
    await open(url);
    expect(collected).toBe(2);
  });

  it('lets in whom the application lets in, and nobody where it throws', async () => {
    const url = await serve(plain, {
      authorise: async ({ headers }) => {
        await delay(1);
        if (headers.authorization === 'broken') throw new Error('secret');
        return headers.authorization === 'Bearer x';
      },
    });
    const statuses = ['Bearer x', 'Bearer y', 'broken'].map(
      async (authorization) => (await open(url, { headers: { authorization } })).statusCode,
    );
    expect(await Promise.all(statuses)).toEqual([200, 403, 500]);
  });

  it('a client that goes away halfway does no harm, and is nobody’s error', async () => {
    const url = await serve(large);
    const response = await new Promise<IncomingMessage>((resolve) => {
      get(url, resolve);
    });
    await once(response, 'data');
    response.destroy();
    expect((await bodyOf(await open(url))).length).toBeGreaterThan(25_000_000);
    expect(errors).toEqual([]);
  });

  it('a client that does not read costs no more memory than a few chunks, and is cut at the timeout', async () => {
    const waiting: number[] = [];
    const handle = metricsHandler(large, {
      timeoutMillis: 500,
      onError: (error) => errors.push(error),
    });
    const url = await listen(
      createServer((incoming, response) => {
        handle(incoming, response);
        setTimeout(() => waiting.push(response.writableLength), 300);
      }),
    );
    const response = await open(url);
    await once(response, 'readable');
    await delay(700);
    await expect(bodyOf(response)).rejects.toThrow('aborted');
    expect(waiting[0]).toBeGreaterThan(0);
    expect(waiting[0]).toBeLessThan(200_000);
    expect(errors.map(({ message }) => message)).toEqual(['writing metrics to a client took longer than 500 ms']);
  });

  it('refuses scrapes beyond those that it may have under way', async () => {
    const collecting = Promise.withResolvers<never[]>();
    const url = await serve({ collect: () => collecting.promise }, { maxScrapes: 1 });
    const first = open(url);
    await delay(20);
    expect((await open(url)).statusCode).toBe(503);
    collecting.resolve([]);
    expect((await first).statusCode).toBe(200);
    expect((await open(url)).statusCode).toBe(200);
  });

  it('lets the event loop work between chunks, for a client that takes all of them at once as well', async () => {
    class GreedyResponse<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
      override write(): boolean {
        return true;
      }
    }
    let turns = 0;
    let isWriting = true;
    const turn = (): void => {
      turns += 1;
      if (isWriting) setImmediate(turn);
    };
    const handle = metricsHandler(large);
    const url = await listen(
      createServer({ ServerResponse: GreedyResponse }, (incoming, response) => {
        handle(incoming, response);
        turn();
      }),
    );
    await bodyOf(await open(url));
    isWriting = false;
    expect(turns).toBeGreaterThan(300);
  });

  it('tells once of a metric that cannot be shown', async () => {
    const url = await serve({ collect: () => Promise.resolve([gauge({ name: '日本' })]) });
    await bodyOf(await open(url));
    await bodyOf(await open(url));
    expect(errors.map(({ name }) => name)).toEqual(['MetricLeftOutError']);
  });

  it('works in Express and on the raw side of Fastify', async () => {
    const handle = metricsHandler(plain, { scopeLabels: false });
    const app = express();
    app.get('/', handle);
    const expressUrl = await listen(createServer(app));
    const server = fastify();
    server.get('/', (incoming, reply) => {
      reply.hijack();
      handle(incoming.raw, reply.raw);
    });
    const fastifyUrl = await server.listen({ port: 0, host: '127.0.0.1' });
    for (const url of [expressUrl, fastifyUrl]) expect(String(await bodyOf(await open(url)))).toBe(TEXT);
    await server.close();
  });

  it('refuses options that it does not know or that are out of range', () => {
    const options = { timeoutMillis: 0, maxScrapes: 1.5, nonsense: 1 };
    expect(() => metricsHandler(plain, options)).toThrow(
      expect.objectContaining({
        name: 'ConfigurationError',
        problems: [{ option: 'nonsense' }, { option: 'timeoutMillis' }, { option: 'maxScrapes' }].map(
          (problem) => expect.objectContaining(problem) as unknown,
        ),
      }),
    );
  });
});

describe('serveMetrics', () => {
  it('listens on loopback, at /metrics alone, until it is stopped', async () => {
    const server = await serveMetrics(plain, { port: 0, scopeLabels: false });
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/metrics`);
    expect(String(await bodyOf(await open(`${server.url}?x=1`)))).toBe(TEXT);
    expect((await open(new URL('/', server.url).href)).statusCode).toBe(404);
    await Promise.all([server.stop(), server.stop()]);
    await expect(open(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('rejects where the port is taken', async () => {
    await using server = await serveMetrics(plain, { port: 0 });
    await expect(serveMetrics(plain, { port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('refuses options that are out of range', async () => {
    await expect(serveMetrics(plain, { port: 70_000, path: 'metrics' })).rejects.toThrow(
      /port: 70000 .*\n.*path: metrics/,
    );
  });
});
