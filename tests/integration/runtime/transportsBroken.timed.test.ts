import { createSocket, type SocketType } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTransport } from '../../../runtime/src/tracing/export/createTransport.ts';
import type { ExporterConfig } from '../../../runtime/src/tracing/export/exporterConfig.ts';
import type { SendOutcome } from '../../../runtime/src/tracing/export/spanTransport.ts';
import { finishedSpans } from '../../support/finishedSpans.ts';
import { type BrokenRequest, BrokenServer } from '../support/brokenServer.ts';
import { freeTcpPort, freeUdpPort } from '../support/freePort.ts';
import { type JaegerPipeline, startJaegerPipeline } from '../support/jaegerPipeline.ts';

const host = '127.0.0.1';
const spans = finishedSpans({ count: 600 });

interface TimedOutcome extends SendOutcome {
  readonly millis: number;
}

/** Sends 600 spans within a bound, and then closes. */
async function send(config: ExporterConfig, boundMillis = 10_000, batch = spans): Promise<TimedOutcome> {
  const transport = createTransport(config);
  const started = performance.now();
  const outcome = await transport.send(batch, AbortSignal.timeout(boundMillis));
  const millis = performance.now() - started;
  await transport.close();
  return { ...outcome, millis };
}

const overHttp = [
  { kind: 'jaeger-http', config: (port: number): ExporterConfig => ({ kind: 'jaeger-http', url: urlOf(port) }) },
  {
    kind: 'otlp-http',
    config: (port: number): ExporterConfig => ({ kind: 'otlp-http', url: urlOf(port), headers: {} }),
  },
];
const overTcp = [
  ...overHttp,
  {
    kind: 'otlp-grpc',
    config: (port: number): ExporterConfig => ({ kind: 'otlp-grpc', url: `http://${host}:${port}`, headers: {} }),
  },
  {
    kind: 'exporter-jaeger over HTTP',
    config: (port: number): ExporterConfig => ({ kind: 'exporter-jaeger', transport: 'http', url: urlOf(port) }),
  },
];
const overUdp = (['binary', 'compact'] as const).map((protocol) => ({
  kind: `jaeger-agent, ${protocol}`,
  config: (port: number, name = host): ExporterConfig => {
    return { kind: 'jaeger-agent', host: name, port, protocol, maxPacketBytes: 65_000 };
  },
}));
const byExporterJaeger = {
  kind: 'exporter-jaeger over UDP',
  config: (port: number, name = host): ExporterConfig => {
    return { kind: 'exporter-jaeger', transport: 'udp', host: name, port, maxPacketBytes: 65_000 };
  },
};

/** A socket that counts packets. */
function receiver(
  type: SocketType,
  address: string,
  port: number,
): Promise<{ readonly port: number; readonly packets: () => number; readonly close: () => void }> {
  const socket = createSocket(type);
  let packets = 0;
  socket.on('message', () => (packets += 1));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => {
      resolve({ port: socket.address().port, packets: () => packets, close: () => socket.close() });
    });
  });
}

function urlOf(port: number): string {
  return `http://${host}:${port}/api/traces`;
}

const none = { sent: 0, dropped: { export_failed: 600 }, trimmed: 0 };
const all = { sent: 600, dropped: {}, trimmed: 0 };

/** A destination that hangs does so for twice as long at least; a loaded machine is slow, and not that slow. */
const IN_TIME_MILLIS = 5000;

describe('an agent that is down', () => {
  it.each(overUdp)('is noticed by $kind, though every packet was handed over', async ({ config }) => {
    const transport = createTransport(config(await freeUdpPort()));
    const outcomes = [];
    for (let batch = 0; batch < 3; batch += 1) outcomes.push(await transport.send(spans, AbortSignal.timeout(5000)));
    await transport.close();
    expect(outcomes.map(({ sent, dropped }) => ({ sent, dropped }))).toEqual(
      Array.from({ length: 3 }, () => ({ sent: 600, dropped: {} })),
    );
    expect(outcomes[2]?.error?.message).toMatch(/ECONNREFUSED; nobody listens there/);
  });

  it('is not noticed by exporter-jaeger', async () => {
    expect(await send(byExporterJaeger.config(await freeUdpPort()))).toMatchObject(all);
  });
});

describe('an agent that is back', () => {
  it.each(overUdp)('gets the next batch of $kind', async ({ config }) => {
    const port = await freeUdpPort();
    const transport = createTransport(config(port));
    await transport.send(spans, AbortSignal.timeout(5000));
    const received = await receiver('udp4', host, port);
    expect(await transport.send(spans, AbortSignal.timeout(5000))).toMatchObject({ sent: 600 });
    await expect.poll(received.packets).toBeGreaterThan(0);
    await transport.close();
    received.close();
  });
});

describe('an agent of IPv6', () => {
  it.each(overUdp)('gets the packets of $kind', async ({ config }) => {
    const received = await receiver('udp6', '::1', 0);
    expect(await send(config(received.port, '::1'))).toMatchObject({ sent: 600, dropped: {} });
    await expect.poll(received.packets).toBeGreaterThan(0);
    received.close();
  });
});

describe('a name that cannot be resolved', () => {
  it.each([...overUdp, byExporterJaeger])('fails the batch of $kind in time', async ({ config }) => {
    const { error, millis, ...counts } = await send(config(6832, 'agent.invalid'), 1000);
    expect(counts).toEqual(none);
    expect(error?.message).toMatch(/agent\.invalid.*(ENOTFOUND|EAI_AGAIN)/);
    expect(millis).toBeLessThan(IN_TIME_MILLIS);
  });

  it.each([
    { kind: 'jaeger-http', url: 'http://collector.invalid/api/traces' },
    { kind: 'otlp-http', url: 'http://collector.invalid/v1/traces', headers: {} },
    { kind: 'otlp-grpc', url: 'http://collector.invalid:4317', headers: {} },
    { kind: 'exporter-jaeger', transport: 'http', url: 'http://collector.invalid/api/traces' },
  ] satisfies ExporterConfig[])('fails the batch of $kind in time', async (config) => {
    const { error, millis, ...counts } = await send(config, 1000);
    expect(counts).toEqual(none);
    expect(error?.message).toMatch(/collector\.invalid/);
    expect(millis).toBeLessThan(IN_TIME_MILLIS);
  });
});

describe('a collector', () => {
  let jaeger: JaegerPipeline;
  beforeAll(async () => {
    jaeger = await startJaegerPipeline();
  });
  afterAll(() => jaeger.stop());

  const pathOf = (kind: string): string =>
    kind === 'jaeger-http' ? jaeger.collectorUrl : `${jaeger.otlpUrl}/v1/traces`;

  it.each(overHttp)('that answers 503 and then takes $kind has every span', async ({ kind, config }) => {
    await using server = await BrokenServer.http(({ number, response }) => {
      if (number < 3) response.writeHead(503, { 'retry-after': '0' }).end('busy');
      else response.writeHead(200).end();
    });
    expect(await send(config(server.port))).toMatchObject(all);
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests.map(({ body }) => body.toString('hex'))).size).toBe(1);
    expect(server.requests[0]?.headers['content-type']).toBe(
      kind === 'jaeger-http' ? 'application/x-thrift' : 'application/x-protobuf',
    );
  });

  it.each(overHttp)('that answers 503 all the time fails the batch of $kind in time', async ({ config }) => {
    await using server = await BrokenServer.http(({ response }) => response.writeHead(503).end('busy'));
    const { error, millis, ...counts } = await send(config(server.port), 1000);
    expect(counts).toEqual(none);
    expect(error?.message).toMatch(/no time left.*answered 503: busy$/);
    expect(millis).toBeLessThan(IN_TIME_MILLIS);
  });

  it.each(overHttp)('that asks for time is given it by $kind', async ({ config }) => {
    await using server = await BrokenServer.http(({ number, response }) => {
      if (number === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.writeHead(200).end();
    });
    const { millis, ...outcome } = await send(config(server.port));
    expect(outcome).toEqual(all);
    expect(millis).toBeGreaterThan(1000);
  });

  it.each(overHttp)('that takes little at once has every span of $kind in the end', async ({ kind, config }) => {
    const pass = async ({ headers, body, response }: BrokenRequest): Promise<void> => {
      const contentType = { 'content-type': headers['content-type'] ?? '' };
      const answer = await fetch(pathOf(kind), { method: 'POST', headers: contentType, body: new Uint8Array(body) });
      response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
    };
    await using server = await BrokenServer.http((request) =>
      request.body.length > 30_000 ? request.response.writeHead(413).end() : pass(request),
    );
    const service = `halved-${kind}`;
    expect(await send(config(server.port), 10_000, finishedSpans({ count: 600, service }))).toMatchObject(all);
    expect(await jaeger.waitForStoredSpans(service, 600)).toBe(600);
  });

  it.each(overHttp)('that takes nothing of that size has none of $kind, and each is oversize', async ({ config }) => {
    await using server = await BrokenServer.http(({ response }) => response.writeHead(413).end());
    expect(await send(config(server.port), 30_000)).toMatchObject({ sent: 0, dropped: { oversize: 600 } });
  });

  it.each(overHttp)('that refuses the batch of $kind is quoted', async ({ config }) => {
    await using server = await BrokenServer.http(({ response }) =>
      response.writeHead(400).end('no\r\n\u001b[2Jthanks'),
    );
    const { error, ...counts } = await send(config(server.port));
    expect(counts).toMatchObject(none);
    expect(error?.message).toBe(`${urlOf(server.port)} answered 400: no [2Jthanks`);
    expect(server.requests).toHaveLength(1);
  });

  it.each(overHttp)('that does not speak HTTP fails the batch of $kind at once', async ({ config }) => {
    await using server = await BrokenServer.tcp((socket) => void socket.end('220 mail.example ESMTP\r\n'));
    const { error, millis, ...counts } = await send(config(server.port));
    expect(counts).toEqual(none);
    expect(error?.message).toMatch(/does not speak HTTP/);
    expect(millis).toBeLessThan(IN_TIME_MILLIS);
  });

  it.each(overTcp)('that never answers fails the batch of $kind in time', async ({ config }) => {
    await using server = await BrokenServer.tcp((socket) => void socket.resume());
    const { millis, sent, dropped } = await send(config(server.port), 500);
    expect({ sent, dropped }).toEqual({ sent: 0, dropped: { export_failed: 600 } });
    expect(millis).toBeLessThan(IN_TIME_MILLIS);
  });

  it.each(overHttp)('that breaks the connection is asked again by $kind', async ({ config }) => {
    await using server = await BrokenServer.http(({ number, response }) => {
      if (number === 1) response.destroy();
      else response.writeHead(200).end();
    });
    expect(await send(config(server.port))).toMatchObject(all);
    expect(server.requests).toHaveLength(2);
  });

  it.each(overHttp)(
    'that takes the batch of $kind and then talks without end has it all the same',
    async ({ config }) => {
      await using server = await BrokenServer.http(({ number, response }) => {
        response.writeHead(200);
        const chunk = Buffer.alloc(number === 1 ? 1 : 100_000);
        const talk = setInterval(() => response.write(chunk), 20);
        response.on('close', () => clearInterval(talk));
      });
      const transport = createTransport(config(server.port));
      for (let batch = 0; batch < 2; batch += 1) {
        const started = performance.now();
        expect(await transport.send(spans, AbortSignal.timeout(2 * IN_TIME_MILLIS))).toEqual(all);
        expect(performance.now() - started).toBeLessThan(IN_TIME_MILLIS);
      }
      await transport.close();
    },
  );

  it.each(overHttp)('that comes up late has every span of $kind', async ({ config }) => {
    const port = await freeTcpPort();
    const sending = send(config(port));
    await new Promise((resolve) => setTimeout(resolve, 400));
    await using server = await BrokenServer.http(({ response }) => response.writeHead(200).end(), port);
    expect(await sending).toMatchObject(all);
    expect(server.requests).toHaveLength(1);
  });
});
