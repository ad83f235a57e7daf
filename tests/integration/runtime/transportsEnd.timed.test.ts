import { describe, expect, it } from 'vitest';
import type { ExporterConfig } from '../../../runtime/src/tracing/export/exporterConfig.ts';
import { AgentTap } from '../support/agentTap.ts';
import { BrokenServer } from '../support/brokenServer.ts';
import { freeUdpPort } from '../support/freePort.ts';
import { repository } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

const app = 'tests/integration/runtime/apps/transportSend.ts';
const host = '127.0.0.1';

/**
 * How the application ends: it leaves a request under way, gives it up after 300 ms, or closes the transport then; or it
 * has sent nothing when it calls `process.exit`.
 */
type End = 'abandon' | 'abort' | 'close' | 'exit';

interface AppEnd {
  /** From the last statement on. */
  readonly millis: number;
  readonly outcome: unknown;
  /** Those that were loaded for the transport. */
  readonly libraries: readonly string[];
}

async function endOf(config: ExporterConfig, end: End): Promise<AppEnd> {
  const environment = { CONFIG: JSON.stringify(config), END: end };
  const args = ['--conditions=tracewright-source', app];
  const running = new TestProcess({ command: process.execPath, args, cwd: repository, environment });
  const { code } = await running.end();
  if (code !== 0) throw new Error(running.output);
  const { endMillis, ...rest } = JSON.parse(running.output) as Omit<AppEnd, 'millis'> & { readonly endMillis: number };
  return { millis: endMillis, ...rest };
}

const urlOf = (port: number): string => `http://${host}:${port}/api/traces`;
const overTcp: readonly { readonly kind: string; readonly config: (port: number) => ExporterConfig }[] = [
  { kind: 'jaeger-http', config: (port) => ({ kind: 'jaeger-http', url: urlOf(port) }) },
  { kind: 'otlp-http', config: (port) => ({ kind: 'otlp-http', url: urlOf(port), headers: {} }) },
  { kind: 'otlp-grpc', config: (port) => ({ kind: 'otlp-grpc', url: `http://${host}:${port}`, headers: {} }) },
  { kind: 'exporter-jaeger', config: (port) => ({ kind: 'exporter-jaeger', transport: 'http', url: urlOf(port) }) },
];

/** What holds a process holds it for ten seconds at least; a machine under load ends a free one later than at once. */
const FREE_MILLIS = 5000;

describe('a process', () => {
  it.each(overTcp.slice(0, 2))('is not kept alive by a request of $kind that hangs', async ({ config }) => {
    await using server = await BrokenServer.tcp((socket) => void socket.resume());
    const { millis, outcome } = await endOf(config(server.port), 'abandon');
    expect(outcome).toBe('unsettled');
    expect(millis).toBeLessThan(FREE_MILLIS);
  });

  it.each(overTcp)('is free to end when a batch of $kind that hangs is given up', async ({ config }) => {
    await using server = await BrokenServer.tcp((socket) => void socket.resume());
    const { millis, outcome } = await endOf(config(server.port), 'abort');
    expect(outcome).toMatchObject({ sent: 0, dropped: { export_failed: 600 } });
    expect(millis).toBeLessThan(FREE_MILLIS);
  });

  it.each(overTcp)('is free to end when a transport of $kind that hangs is closed', async ({ config }) => {
    await using server = await BrokenServer.tcp((socket) => void socket.resume());
    const { millis, outcome } = await endOf(config(server.port), 'close');
    expect(outcome).toMatchObject({ sent: 0, dropped: { export_failed: 600 } });
    expect(millis).toBeLessThan(FREE_MILLIS);
  });

  it.each(overTcp.slice(0, 2))('is not kept alive by $kind between two attempts', async ({ config }) => {
    await using server = await BrokenServer.http(({ response }) =>
      response.writeHead(503, { 'retry-after': '30' }).end(),
    );
    const { millis } = await endOf(config(server.port), 'abandon');
    expect(millis).toBeLessThan(FREE_MILLIS);
  });

  it.each([
    { kind: 'jaeger-agent', host, port: 0, protocol: 'binary', maxPacketBytes: 65_000 },
    { kind: 'exporter-jaeger', transport: 'udp', host, port: 0, maxPacketBytes: 65_000 },
  ] satisfies ExporterConfig[])('is not kept alive by the socket of $kind', async (config) => {
    const { millis } = await endOf({ ...config, port: await freeUdpPort() }, 'abandon');
    expect(millis).toBeLessThan(FREE_MILLIS);
  });

  it('is not kept alive by a name that cannot be resolved', async () => {
    const agent = { kind: 'jaeger-agent', host: 'agent.invalid', port: 6831, protocol: 'compact' } as const;
    const { millis } = await endOf({ ...agent, maxPacketBytes: 65_000 }, 'abandon');
    expect(millis).toBeLessThan(FREE_MILLIS);
  });

  it('that calls exit has handed its spans to the kernel by then', async () => {
    const tap = await AgentTap.open();
    const config = { kind: 'jaeger-agent', host: 'localhost', port: tap.port, protocol: 'binary' } as const;
    const { millis, outcome } = await endOf({ ...config, maxPacketBytes: 65_000 }, 'exit');
    expect(outcome).toEqual({ sent: 600, dropped: {}, trimmed: 0 });
    expect(millis).toBeLessThan(FREE_MILLIS);
    expect(await tap.waitFor(600)).toHaveLength(600);
    await tap.close();
  });
});

describe('the start', () => {
  const maxPacketBytes = 65_000;
  it.each([
    [{ kind: 'jaeger-agent', host, port: 1, protocol: 'binary', maxPacketBytes }, []],
    [{ kind: 'jaeger-http', url: urlOf(1) }, []],
    [{ kind: 'otlp-http', url: urlOf(1), headers: {} }, ['@opentelemetry/otlp-transformer']],
    [{ kind: 'otlp-grpc', url: urlOf(1), headers: {} }, ['@grpc/grpc-js', '@opentelemetry/otlp-transformer']],
    [{ kind: 'exporter-jaeger', transport: 'http', url: urlOf(1) }, ['@opentelemetry/exporter-jaeger']],
  ] satisfies [ExporterConfig, string[]][])('of %j loads no library that it does not need', async (config, needed) => {
    expect((await endOf(config, 'abort')).libraries).toEqual(needed);
  });
});
