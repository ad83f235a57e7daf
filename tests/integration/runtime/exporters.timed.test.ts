// @spec S2.1
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendOneTrace } from '../../../tools/up/localTrace/sendOneTrace.ts';
import { AgentTap } from '../support/agentTap.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { type JaegerPipeline, startJaegerPipeline } from '../support/jaegerPipeline.ts';
import { repository } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

const app = 'tests/integration/runtime/apps/manySpans.ts';
const advice =
  'See that the destination is up, that this process reaches it, and that it takes spans of this kind; where it is only ' +
  'slow, raise batch.exportTimeoutMillis (OTEL_BSP_EXPORT_TIMEOUT).';

let jaeger: JaegerPipeline;

beforeAll(async () => {
  jaeger = await startJaegerPipeline();
});
afterAll(async () => {
  await jaeger.stop();
});

interface AppEnd {
  readonly code: number | null;
  readonly errors: readonly string[];
  readonly endMillis: number;
}

async function runApp(environment: Readonly<Record<string, string>>): Promise<AppEnd> {
  const args = ['--conditions=tracewright-source', app];
  const running = new TestProcess({ command: process.execPath, args, cwd: repository, environment });
  const { code } = await running.end();
  const { errors, endMillis } = JSON.parse(running.output) as Omit<AppEnd, 'code'>;
  return { code, errors, endMillis };
}

function agentAt(port: number, more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { TRACEWRIGHT_AGENT_HOST: '127.0.0.1', TRACEWRIGHT_AGENT_PORT: String(port), ...more };
}

describe('exporting', () => {
  it('hands over a queue of several batches whole, and leaves the process free to end', async () => {
    const tap = await AgentTap.open();
    const environment = agentAt(tap.port, { OTEL_SERVICE_NAME: 'many', SPANS: '3000', PADDING: '200' });
    const { code, errors, endMillis } = await runApp({ ...environment, END: 'stop' });
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    expect(await tap.waitFor(3000)).toHaveLength(3000);
    expect(new Set(tap.spans.map(({ spanId }) => spanId)).size).toBe(3000);
    expect(Math.max(...tap.packetBytes)).toBeLessThanOrEqual(65_000);
    expect(endMillis).toBeLessThan(1900);
    await tap.close();
  });

  it('brings spans to the real agent, which hands them to the collector', async () => {
    const environment = agentAt(jaeger.agentPort, { OTEL_SERVICE_NAME: 'by-agent', SPANS: '300' });
    expect(await runApp({ ...environment, END: 'stop' })).toMatchObject({ code: 0, errors: [] });
    expect(await jaeger.waitForStoredSpans('by-agent', 300)).toBe(300);
  });

  it('sends what is waiting when a script comes to its end without a shutdown', async () => {
    const tap = await AgentTap.open();
    const { code } = await runApp(agentAt(tap.port, { OTEL_SERVICE_NAME: 'script' }));
    expect(code).toBe(0);
    expect((await tap.waitFor(1)).map(({ service, name }) => ({ service, name }))).toEqual([
      { service: 'script', name: 'root' },
    ]);
    await tap.close();
  });

  it.each([
    [
      'jaeger-http',
      'over-thrift-http',
      (pipeline: JaegerPipeline) => ({ TRACEWRIGHT_COLLECTOR_URL: pipeline.collectorUrl }),
    ],
    ['otlp', 'over-otlp-http', (pipeline: JaegerPipeline) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: pipeline.otlpUrl })],
  ])('brings spans to the real collector by %s', async (exporter, service, address) => {
    const environment = { OTEL_SERVICE_NAME: service, TRACEWRIGHT_EXPORTER: exporter, SPANS: '700', END: 'stop' };
    expect(await runApp({ ...environment, ...address(jaeger) })).toMatchObject({ code: 0, errors: [] });
    expect(await jaeger.waitForStoredSpans(service, 700)).toBe(700);
  });

  it('sends the trace of a local run to a collector', async () => {
    const { traceId, spanCount, services } = await sendOneTrace({ collectorUrl: jaeger.collectorUrl });
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(services).toEqual(['checkout-local']);
    expect(await jaeger.waitForStoredSpans('checkout-local', spanCount)).toBe(spanCount);
  });

  it('says why the trace of a local run was not taken', async () => {
    const collectorUrl = `http://127.0.0.1:${await freeTcpPort()}/api/traces`;
    await expect(sendOneTrace({ collectorUrl })).rejects.toThrow(
      /no trace could be sent to http:\/\/127.*ECONNREFUSED/s,
    );
  });
});

describe('a destination that fails', () => {
  it('is told to onError by a collector that refuses, and changes nothing else', async () => {
    const server = await refusingCollector();
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/traces`;
    const environment = {
      OTEL_SERVICE_NAME: 'refused',
      TRACEWRIGHT_EXPORTER: 'jaeger-http',
      TRACEWRIGHT_COLLECTOR_URL: url,
    };
    expect(await runApp({ ...environment, SPANS: '3', END: 'stop' })).toMatchObject({
      code: 0,
      errors: [
        `3 spans were lost on the way to ${url} (export_failed): there was no time left to send spans to ${url}; last: ${url} answered 503. ${advice}`,
      ],
    });
    server.close();
  });

  it('is told to onError when the name of the agent cannot be resolved', async () => {
    const environment = { OTEL_SERVICE_NAME: 'lost', TRACEWRIGHT_AGENT_HOST: 'agent.invalid', END: 'stop' };
    const { code, errors } = await runApp(environment);
    expect(code).toBe(0);
    expect(errors).toEqual([
      expect.stringMatching(
        /^1 span was lost on the way to the Jaeger agent at agent\.invalid:6832 \(export_failed\): .*ENOTFOUND agent\.invalid/,
      ),
    ]);
  });

  it('ends in time when a collector never answers', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/traces`;
    const environment = {
      TRACEWRIGHT_EXPORTER: 'jaeger-http',
      TRACEWRIGHT_COLLECTOR_URL: url,
      TRACEWRIGHT_SHUTDOWN_TIMEOUT_MILLIS: '300',
    };
    const { code, errors } = await runApp({ OTEL_SERVICE_NAME: 'unanswered', ...environment, END: 'stop' });
    expect(code).toBe(0);
    expect(errors).toEqual([
      `1 span was lost on the way to ${url} (export_failed): there was no time left to send spans to ${url}. ${advice}`,
    ]);
    server.closeAllConnections();
    server.close();
  });
});

function refusingCollector(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(503).end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
