import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseServers, startDatabaseServers } from '../support/databaseServers.ts';
import type { ReceivedSpan } from '../support/receivedSpan.ts';
import { instrumentationApp, runTapped } from './instrumentationApp.ts';

const register = instrumentationApp('register.ts');
const early = instrumentationApp('early.ts');

/** A span of each library's, by the instrumentation that makes it. */
const EVERYTHING = [
  'express: request handler - /express/:id',
  'fastify: request handler - /fastify/:id',
  'http: GET',
  'http: GET /express/:id',
  'http: GET /fastify/:id',
  'ioredis: get',
  'pg: pg-pool.connect',
  'pg: pg.connect',
  'pg: pg.query:SELECT shop',
  'redis: redis-GET',
  'redis: redis-connect',
  'undici: GET',
];

let servers: DatabaseServers;

beforeAll(async () => {
  servers = await startDatabaseServers();
});
afterAll(async () => {
  await servers.stop();
});

function madeBy(spans: readonly ReceivedSpan[]): readonly string[] {
  const named = spans.map(({ name, tags }) => {
    const scope = String(tags['otel.library.name']).replace('@fastify/otel', 'fastify');
    return `${scope.replace('@opentelemetry/instrumentation-', '')}: ${name}`;
  });
  // What ioredis says to a server that it has just connected to depends on when it was connected.
  return [...new Set(named)].filter((span) => !/^app:|^ioredis: (?:connect|hello|client|info)$/.test(span)).sort();
}

describe('loading', () => {
  it.each([
    ['--import', 'asModules.ts'],
    ['--import', 'asCommonJs.ts'],
    ['--require', 'asModules.ts'],
    ['--require', 'asCommonJs.ts'],
  ])('reaches every library behind %s, in %s, without a warning', async (option, app) => {
    const run = await runTapped([option, register, instrumentationApp(app)], { environment: servers.environment });
    expect({ code: run.code, output: run.output }).toEqual({ code: 0, output: '' });
    expect(madeBy(run.spans)).toEqual(EVERYTHING);
  });

  it.each(['import', 'require'])('warns of each library that %s loaded before, and of no other', async (how) => {
    const environment = { EARLY: 'pg,ioredis,redis,express,fastify,http', HOW: how };
    const run = await runTapped(['--import', early, '--import', register, '--eval', ''], { environment });
    expect(run.code).toBe(0);
    expect(warnedOf(run.output)).toEqual(['express', 'pg', 'ioredis', 'redis']);
  });

  it('warns of nothing where a library that is not instrumented was loaded before', async () => {
    const environment = { EARLY: 'pg,ioredis', HOW: 'require', INSTRUMENTATIONS: 'http,ioredis' };
    const run = await runTapped(['--import', early, '--import', register, '--eval', ''], { environment });
    expect(warnedOf(run.output)).toEqual(['ioredis']);
    expect(run.output).toContain('Start Node.js with --import @tracewright/runtime/register');
  });

  it('warns where tracing starts behind the imports of a module, and reaches what cannot be too late', async () => {
    const run = await runTapped([instrumentationApp('tooLate.ts')], { environment: servers.environment });
    expect(run.code).toBe(0);
    expect(warnedOf(run.output)).toEqual(['express', 'pg', 'ioredis', 'redis']);
    expect(madeBy(run.spans)).toEqual(expect.arrayContaining(['http: GET', 'http: GET /fastify/:id', 'undici: GET']));
    expect(madeBy(run.spans)).toContain('fastify: request handler - /fastify/:id');
  });

  it('reaches a script that is CommonJS itself', async () => {
    const script = `
      const { Client } = require('pg');
      const client = new Client();
      client.connect().then(() => client.query('SELECT 1')).then(() => client.end());`;
    const args = ['--require', register, '--input-type=commonjs', '--eval', script];
    const run = await runTapped(args, { environment: servers.environment });
    expect({ code: run.code, output: run.output, spans: madeBy(run.spans) }).toEqual({
      code: 0,
      output: '',
      spans: ['pg: pg.connect', 'pg: pg.query:SELECT shop'],
    });
  });

  it('leaves a process free to end at once', async () => {
    const started = performance.now();
    const run = await runTapped(['--import', register, instrumentationApp('early.ts')], {
      environment: { EARLY: 'pg,ioredis,redis,express,fastify,http' },
    });
    expect({ code: run.code, output: run.output }).toEqual({ code: 0, output: '' });
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

function warnedOf(output: string): readonly string[] {
  return [...output.matchAll(/EarlyLoadWarning: (\S+) was loaded before tracing started/g)].map(
    ([, name]) => name ?? '',
  );
}
