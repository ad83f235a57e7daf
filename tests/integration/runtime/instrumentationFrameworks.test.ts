import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseServers, startDatabaseServers } from '../support/databaseServers.ts';
import type { ReceivedSpan } from '../support/receivedSpan.ts';
import { runTraced, type TracedRun } from './instrumentationApp.ts';

let servers: DatabaseServers;

beforeAll(async () => {
  servers = await startDatabaseServers();
});
afterAll(async () => {
  await servers.stop();
});

describe.each(['express', 'fastify'])('the instrumentation of %s', (framework) => {
  const paths = ['17?token=canary', 'own', 'postgres', 'redis', 'ioredis', 'url', 'noted'].map((id) => `/orders/${id}`);
  let run: TracedRun;

  beforeAll(async () => {
    const environment = { FRAMEWORK: framework, PATHS: [...paths, '/nowhere?token=canary', '/healthz'].join(' ') };
    run = await runTraced('frameworks.ts', { environment: { ...servers.environment, ...environment } });
  });

  function serverSpan(path: string): ReceivedSpan | undefined {
    return run.spans.find(({ tags }) => tags['span.kind'] === 'server' && tags['url.path'] === path);
  }

  function handlersOf(server: ReceivedSpan | undefined): readonly ReceivedSpan[] {
    return run.spans.filter(({ parentSpanId }) => server !== undefined && parentSpanId === server.spanId);
  }

  it('leaves the application as it is, and free to end', () => {
    expect({ code: run.code, output: run.output }).toEqual({
      code: 0,
      output: '200 500 500 500 500 500 200 404 200 ',
    });
  });

  it('names the span of a request by its route', () => {
    expect(serverSpan('/orders/17')).toMatchObject({
      name: 'GET /orders/:id',
      tags: { 'http.route': '/orders/:id', 'http.response.status_code': 200 },
    });
    expect(serverSpan('/orders/17')?.tags['error']).toBeUndefined();
  });

  it('adds one span, that of the handler, in which what the handler does has its place', () => {
    const handlers = handlersOf(serverSpan('/orders/postgres'));
    expect(handlers.map(({ name }) => name)).toEqual(['request handler - /orders/:id']);
    expect(run.spans.filter(({ parentSpanId }) => parentSpanId === handlers[0]?.spanId)).toMatchObject([
      { name: 'pg.query:SELECT shop' },
    ]);
  });

  it('marks a request whose handler failed, and says with what', () => {
    expect(serverSpan('/orders/own')?.tags).toMatchObject({ 'http.response.status_code': 500, error: true });
    expect(handlersOf(serverSpan('/orders/own'))).toMatchObject([
      { tags: { error: true, 'otel.status_description': 'out of stock' } },
    ]);
  });

  it.each([
    ['postgres', 'invalid_text_representation (22P02)'],
    ['redis', 'ERR (redacted)'],
    ['ioredis', 'ERR (redacted)'],
    ['url', 'Request cannot be constructed from a URL that includes credentials: http://127.0.0.1/?token=?'],
  ])('does not say what a failing %s quoted, in whichever span its error ends up', (id, status) => {
    expect(handlersOf(serverSpan(`/orders/${id}`))).toMatchObject([{ tags: { 'otel.status_description': status } }]);
  });

  it('does not say it in a span of the application either', () => {
    expect(run.spans.filter(({ name }) => name === 'noted by hand')).toMatchObject([
      { tags: { 'otel.status_description': 'invalid_text_representation (22P02)' } },
    ]);
  });

  it('names nothing by a path that has no route, and traces no health check', () => {
    expect(serverSpan('/nowhere')).toMatchObject({ name: 'GET', tags: { 'http.response.status_code': 404 } });
    expect(serverSpan('/nowhere')?.tags['http.route']).toBeUndefined();
    expect(serverSpan('/healthz')).toBeUndefined();
  });

  it('lets nothing secret out', () => {
    expect(run.spans.length).toBeGreaterThan(25);
    expect(run.packets).not.toMatch(/canary/i);
  });
});
