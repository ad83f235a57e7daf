// @spec S2.4
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AgentTap } from '../support/agentTap.ts';
import { type DatabaseServers, startDatabaseServers } from '../support/databaseServers.ts';
import type { ReceivedSpan } from '../support/receivedSpan.ts';
import { repository, tracedFromSource } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

let tap: AgentTap;

beforeEach(async () => {
  tap = await AgentTap.open();
});
afterEach(async () => {
  await tap.close();
});

function start(app: string, environment: Readonly<Record<string, string>> = {}): TestProcess {
  return new TestProcess({
    command: process.execPath,
    args: tracedFromSource(`tests/integration/runtime/apps/propagation/${app}`),
    cwd: repository,
    environment: {
      OTEL_SERVICE_NAME: app,
      TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
      TRACEWRIGHT_AGENT_PORT: String(tap.port),
      ...environment,
    },
  });
}

async function run(app: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const running = start(app, environment);
  const { code } = await running.end();
  expect({ code, output: running.output }).toEqual({ code: 0, output: running.output });
  return running.output;
}

function spanNamed(name: string): ReceivedSpan {
  return tap.spans.find((span) => span.name === name) ?? expect.fail(`no span ${name}`);
}

describe('inside of a process', () => {
  it('two traces at once go every way that Node.js has, and stay apart', async () => {
    const arrivals = JSON.parse(await run('ways.ts')) as Record<string, unknown>;
    const { 'listener that is not bound': unbound, ...others } = arrivals;
    expect(Object.keys(others)).toHaveLength(16);
    for (const [way, names] of Object.entries(others)) {
      expect({ way, names: [...(names as string[])].sort() }).toEqual({ way, names: ['first', 'second'] });
    }
    expect(unbound).toEqual(['undefined', 'undefined']);
  });
});

describe('hostile headers and messages', () => {
  it('change no answer, in or out, by either client of Node.js, and lose no span', async () => {
    const answers = JSON.parse(await run('hostile.ts')) as string[];
    const times = (count: number, answer: string): string[] => Array.from({ length: count }, () => answer);
    expect(answers).toEqual([...times(7, 'HTTP/1.1 200 OK'), ...times(14, 'answered')]);
    await tap.waitFor(7 + 14 * 2);
    expect(tap.spans).toHaveLength(7 + 14 * 2);
    for (const { traceId, spanId } of tap.spans) expect(`${traceId} ${spanId}`).not.toMatch(/\b0+\b/);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const continued = tap.spans.filter((span) => span.traceId === traceId);
    expect(continued.map(({ tags }) => tags['span.kind']).sort()).toEqual([
      'client',
      'client',
      'server',
      'server',
      'server',
    ]);
  });
});

describe('to a worker thread', () => {
  it.each([
    ['that inherits the register entry', { WORKER: 'thread.ts' }, 'threads.ts'],
    [
      'that has the register entry in its execArgv',
      { WORKER: 'thread.ts', EXEC_ARGV: tracedFromSource('').slice(0, -1).join(' ') },
      'threads.ts',
    ],
    [
      'that starts tracing by itself',
      { WORKER: 'threadWithTracing.ts', EXEC_ARGV: '--conditions=tracewright-source' },
      'thread',
    ],
  ])('%s a trace goes with the data and with a message', async (_how, environment, service) => {
    await run('threads.ts', environment);
    await tap.waitFor(3);
    const { traceId, spanId } = spanNamed('main');
    for (const name of ['with data', 'with a message']) {
      expect(spanNamed(name)).toMatchObject({ service, traceId, parentSpanId: spanId, tags: { user: 'ada' } });
    }
    expect(tap.spans).toHaveLength(3);
  });
});

describe('through a queue', () => {
  let servers: DatabaseServers;
  beforeAll(async () => {
    servers = await startDatabaseServers();
  });
  afterAll(async () => {
    await servers.stop();
  });

  it.each(['list', 'stream'])(
    'of Redis (a %s) a trace goes to the process that works on the message',
    async (queue) => {
      const environment = { ...servers.environment, QUEUE: queue };
      const consumer = start('queue.ts', { ...environment, ROLE: 'consumer', OTEL_SERVICE_NAME: 'consumer' });
      await run('queue.ts', { ...environment, ROLE: 'producer', OTEL_SERVICE_NAME: 'producer' });
      expect(await consumer.end()).toEqual({ code: 0, signal: null });
      await tap.waitFor(1, ({ name }) => name === 'process orders');
      const published = spanNamed('publish orders');
      const processed = spanNamed('process orders');
      expect(processed).toMatchObject({
        service: 'consumer',
        traceId: published.traceId,
        parentSpanId: published.spanId,
        tags: { 'span.kind': 'consumer', order: '17', user: 'ada' },
      });
      const set = tap.spans.find(({ parentSpanId }) => parentSpanId === processed.spanId);
      expect(set).toMatchObject({ traceId: published.traceId, tags: { 'span.kind': 'client' } });
      expect(spanNamed('poll').traceId).not.toBe(published.traceId);
    },
  );
});
