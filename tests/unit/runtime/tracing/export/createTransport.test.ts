import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { createTransport, type TransportPorts } from '../../../../../runtime/src/tracing/export/createTransport.ts';
import type { ExporterConfig } from '../../../../../runtime/src/tracing/export/exporterConfig.ts';
import { FakeNetwork } from './fakeNetwork.ts';
import { FakeTransportHost, untilNothingMoves } from './fakeTransportHost.ts';
import { finishedSpans } from '../../../../support/finishedSpans.ts';

const spans = finishedSpans({ count: 2 });
const forever = new AbortController().signal;
const userInfo = 'http://me:secret@collector:14268/api/traces?key=secret#secret';

/** Ports that note what they are asked for. */
function notingPorts(): { readonly ports: TransportPorts; readonly notes: unknown[]; readonly network: FakeNetwork } {
  const notes: unknown[] = [];
  const network = new FakeNetwork();
  const ports: TransportPorts = {
    host: new FakeTransportHost(),
    resolveHost: network.resolveHost,
    connectSocket: network.connectSocket,
    openHttpClient: (options) => {
      notes.push(options);
      const answer = { status: 200, retryAfterMillis: undefined, body: Buffer.from('answer') };
      return { post: () => Promise.resolve(answer), close: () => undefined };
    },
    openGrpcCourier: (options) => {
      notes.push(options);
      return { carry: () => Promise.resolve({ kind: 'taken', answer: Buffer.from('answer') }), close: () => undefined };
    },
    loadOtlpSerializer: () => {
      notes.push('loaded OTLP');
      return {
        serializeRequest: (batch: ReadableSpan[]) => Buffer.from(`${batch.length} spans`),
        deserializeResponse: (answer) => {
          if (Buffer.from(answer).toString() !== 'answer') throw new Error('unreadable');
          return { partialSuccess: { rejectedSpans: 1, errorMessage: 'too\nold' } };
        },
      };
    },
    loadJaegerExporter: () => {
      notes.push('loaded exporter-jaeger');
      return (config) => {
        notes.push(config);
        return {
          export: (_batch, answer) => answer({ code: ExportResultCode.SUCCESS }),
          shutdown: () => Promise.resolve(),
        };
      };
    },
  };
  return { ports, notes, network };
}

function configs(url: string): readonly ExporterConfig[] {
  return [
    { kind: 'jaeger-http', url },
    { kind: 'otlp-http', url, headers: {} },
    { kind: 'otlp-grpc', url, headers: {} },
    { kind: 'exporter-jaeger', transport: 'http', url },
  ];
}

describe('the destination of a transport', () => {
  it.each([
    ['agent.example', 'the Jaeger agent at agent.example:6832'],
    ['10.1.2.3', 'the Jaeger agent at 10.1.2.3:6832'],
    ['fd00::1', 'the Jaeger agent at [fd00::1]:6832'],
  ])('is the agent at %s', (host, destination) => {
    const agent = { host, port: 6832, maxPacketBytes: 1400 };
    const { ports } = notingPorts();
    expect(createTransport({ kind: 'jaeger-agent', protocol: 'compact', ...agent }, ports).destination).toBe(
      destination,
    );
    expect(createTransport({ kind: 'exporter-jaeger', transport: 'udp', ...agent }, ports).destination).toBe(
      destination,
    );
  });

  it.each(configs(userInfo))('of $kind is its URL without what may be secret', (config) => {
    expect(createTransport(config, notingPorts().ports).destination).toBe('http://collector:14268/api/traces');
  });
});

describe('a transport', () => {
  it('to the agent sends packets of the size that is configured, in the protocol that is', async () => {
    const { ports, notes, network } = notingPorts();
    const config = {
      kind: 'jaeger-agent',
      host: 'agent',
      port: 6831,
      protocol: 'compact',
      maxPacketBytes: 1400,
    } as const;
    expect(await createTransport(config, ports).send(spans, forever)).toEqual({ sent: 2, dropped: {}, trimmed: 0 });
    expect(network.packets[0]).toMatchObject({ address: '10.0.0.1', port: 6831 });
    expect(network.packets[0]?.bytes).toBeLessThanOrEqual(1400);
    expect(notes).toEqual([]);
  });

  it('to the agent looks up no name and opens no socket before it is told to warm up', async () => {
    const { ports, network } = notingPorts();
    const agent = { host: 'agent', port: 6832, protocol: 'binary', maxPacketBytes: 1400 } as const;
    const transport = createTransport({ kind: 'jaeger-agent', ...agent }, ports);
    await untilNothingMoves();
    expect({ lookups: network.lookups, sockets: network.open.size }).toEqual({ lookups: [], sockets: 0 });
    await transport.warmUp?.();
    await transport.warmUp?.();
    expect({ lookups: network.lookups, sockets: network.open.size }).toEqual({ lookups: ['agent'], sockets: 1 });
  });

  it.each(configs('http://collector:14268/api/traces'))('of $kind has nothing to warm up', (config) => {
    expect(createTransport(config, notingPorts().ports)).not.toHaveProperty('warmUp');
  });

  it.each([
    [{ username: 'me', password: new Secret('päss:word') }, 'Basic bWU6cMOkc3M6d29yZA=='],
    [{ token: new Secret('abc') }, 'Bearer abc'],
    [undefined, undefined],
  ])('to a collector shows credentials', async (credentials, authorization) => {
    const { ports, notes } = notingPorts();
    const url = 'http://collector:14268/api/traces';
    const config: ExporterConfig = { kind: 'jaeger-http', url, ...(credentials && { credentials }) };
    expect(await createTransport(config, ports).send(spans, forever)).toEqual({ sent: 2, dropped: {}, trimmed: 0 });
    const headers = {
      'user-agent': 'tracewright',
      ...(authorization === undefined ? {} : { authorization }),
      'content-type': 'application/x-thrift',
    };
    expect(notes).toEqual([{ url, headers, timeoutMillis: 10_000 }]);
  });

  it.each(configs('http://collector').slice(0, 3))(
    'of $kind gives a request a third of the time of an export, so that it can be sent again',
    (config) => {
      const { ports, notes } = notingPorts();
      createTransport(config, { ...ports, exportTimeoutMillis: 60_000 });
      expect(notes).toContainEqual(expect.objectContaining({ timeoutMillis: 20_000 }));
    },
  );

  it('with exporter-jaeger waits for the time of an export', async () => {
    const host = new FakeTransportHost();
    const ports = {
      ...notingPorts().ports,
      host,
      loadJaegerExporter: () => () => ({ export: () => undefined, shutdown: () => Promise.resolve() }),
    };
    const config = { kind: 'exporter-jaeger', transport: 'http', url: 'http://collector' } as const;
    const answer = createTransport(config, { ...ports, exportTimeoutMillis: 60_000 }).send(spans, forever);
    let ended = false;
    void answer.then(() => (ended = true));
    await host.pass(59_950);
    expect(ended).toBe(false);
    await host.pass(50);
    expect(await answer).toMatchObject({ sent: 0, dropped: { export_failed: 2 } });
  });

  it.each(['otlp-http', 'otlp-grpc'] as const)('for %s counts what the collector rejects', async (kind) => {
    const { ports } = notingPorts();
    const config = { kind, url: 'http://collector', headers: {} };
    const { error, ...counts } = await createTransport(config, ports).send(spans, forever);
    expect(counts).toEqual({ sent: 1, dropped: { export_failed: 1 }, trimmed: 0 });
    expect(error?.message).toBe('http://collector rejected 1 span: too old');
  });

  it('for otlp-http sends the headers that are configured, and its own media type', () => {
    const { ports, notes } = notingPorts();
    const headers = { 'x-tenant': new Secret('blue'), 'content-type': new Secret('text/plain') };
    createTransport({ kind: 'otlp-http', url: 'http://collector/v1/traces', headers }, ports);
    expect(notes).toEqual([
      'loaded OTLP',
      {
        url: 'http://collector/v1/traces',
        headers: { 'user-agent': 'tracewright', 'x-tenant': 'blue', 'content-type': 'application/x-protobuf' },
        timeoutMillis: 10_000,
      },
    ]);
  });

  it('for otlp-grpc sends the headers that are configured', () => {
    const { ports, notes } = notingPorts();
    const config = { kind: 'otlp-grpc', url: 'http://collector', headers: { 'x-tenant': new Secret('blue') } } as const;
    createTransport(config, ports);
    expect(notes).toContainEqual({
      destination: 'http://collector',
      url: 'http://collector',
      headers: { 'x-tenant': 'blue' },
      timeoutMillis: 10_000,
    });
  });

  it('by exporter-jaeger makes the exporter for the first batch', async () => {
    const { ports, notes } = notingPorts();
    const config: ExporterConfig = { kind: 'exporter-jaeger', transport: 'http', url: 'http://collector/api/traces' };
    const transport = createTransport(config, ports);
    expect(notes).toEqual(['loaded exporter-jaeger']);
    expect(await transport.send(spans, forever)).toEqual({ sent: 2, dropped: {}, trimmed: 0 });
    expect(notes).toEqual(['loaded exporter-jaeger', config]);
  });
});
