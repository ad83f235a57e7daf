// @spec S2.1
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTransport } from '../../../runtime/src/tracing/export/createTransport.ts';
import type { ExporterConfig } from '../../../runtime/src/tracing/export/exporterConfig.ts';
import { finishedSpans, hostileAttributes, linkedSpan } from '../../support/finishedSpans.ts';
import { type JaegerPipeline, startJaegerPipeline } from '../support/jaegerPipeline.ts';
import { SpanStore } from '../support/spanStore.ts';

interface Way {
  readonly name: string;
  /** How an attribute that is a list is written; the Jaeger model has texts, numbers and booleans only. */
  readonly list?: string;
  /** How many spans are sent at once. An agent's socket holds 200 KB: more could be lost on a machine that is busy. */
  readonly batchSize?: number;
  readonly config: (jaeger: JaegerPipeline) => ExporterConfig;
}

const host = '127.0.0.1';
const maxPacketBytes = 8000;
const udpBatchSize = 60;
const ways: readonly Way[] = [
  {
    name: 'the agent in the binary protocol',
    batchSize: udpBatchSize,
    config: ({ agentPort: port }) => ({ kind: 'jaeger-agent', host, port, protocol: 'binary', maxPacketBytes }),
  },
  {
    name: 'the agent in the compact protocol',
    batchSize: udpBatchSize,
    config: ({ agentCompactPort: port }) => ({ kind: 'jaeger-agent', host, port, protocol: 'compact', maxPacketBytes }),
  },
  { name: 'the collector over HTTP', config: ({ collectorUrl: url }) => ({ kind: 'jaeger-http', url }) },
  {
    name: 'the collector as OTLP over HTTP',
    config: ({ otlpUrl }) => ({ kind: 'otlp-http', url: `${otlpUrl}/v1/traces`, headers: {} }),
  },
  {
    name: 'the collector as OTLP over gRPC',
    config: ({ otlpGrpcUrl: url }) => ({ kind: 'otlp-grpc', url, headers: {} }),
  },
  {
    name: 'the agent by exporter-jaeger',
    list: 'hot,black',
    batchSize: udpBatchSize,
    config: ({ agentPort: port }) => ({ kind: 'exporter-jaeger', transport: 'udp', host, port, maxPacketBytes }),
  },
  {
    name: 'the collector by exporter-jaeger',
    list: 'hot,black',
    config: ({ collectorUrl: url }) => ({ kind: 'exporter-jaeger', transport: 'http', url }),
  },
];
const cases = ways.map((way, index) => ({ ...way, service: `transport-${index}` }));

let store: SpanStore;
let jaeger: JaegerPipeline;

beforeAll(async () => {
  store = await SpanStore.open();
  jaeger = await startJaegerPipeline({ spanStore: store.address });
});
afterAll(async () => {
  await jaeger.stop();
  store.close();
});

describe('a transport', () => {
  it.each(cases)('brings every span to $name', async ({ config, service, batchSize = 700 }) => {
    const transport = createTransport(config(jaeger));
    const spans = finishedSpans({ count: 700, service, paddingCharacters: 300 });
    let sent = 0;
    for (let from = 0; from < spans.length; from += batchSize) {
      const outcome = await transport.send(spans.slice(from, from + batchSize), AbortSignal.timeout(10_000));
      sent += outcome.sent;
      expect(outcome).toMatchObject({ dropped: {}, trimmed: 0 });
      await delay(batchSize < 700 ? 50 : 0);
    }
    await transport.close();
    expect(sent).toBe(700);
    expect(await jaeger.waitForStoredSpans(service, 700)).toBe(700);
    const names = (await store.waitFor(service, 700)).map(({ name }) => name).sort();
    expect(names).toEqual(spans.map(({ name }) => name).sort());
  });

  it.each(cases)(
    'brings all that is in a span to $name',
    async ({ config, service: base, list = '["hot","black"]' }) => {
      const service = `${base}-content`;
      const transport = createTransport(config(jaeger));
      const [parent, child] = finishedSpans({ count: 2, service });
      if (parent === undefined || child === undefined) throw new Error('no spans');
      await transport.send([parent, child], AbortSignal.timeout(10_000));
      await transport.close();
      const stored = (await store.waitFor(service, 2)).find(({ name }) => name === 'step 2');
      expect(stored).toMatchObject({
        traceId: child.spanContext().traceId,
        spanId: child.spanContext().spanId,
        service,
        startMicros: 1_700_000_000_123_456,
        durationMicros: 1_000_000,
        tags: {
          'shop.item': 'täa ☕',
          'shop.count': 2,
          'shop.price': 2.5,
          'shop.paid': true,
          'shop.tags': list,
          'span.kind': 'client',
          error: true,
          'otel.status_description': 'too hot',
        },
      });
      expect(stored?.logs).toContainEqual({
        micros: 1_700_000_000_223_456,
        fields: { event: 'brewed', degrees: 92 },
      });
      expect(new Set(stored?.references)).toEqual(
        new Set([
          { kind: 'child of', traceId: child.spanContext().traceId, spanId: parent.spanContext().spanId },
          { kind: 'follows from', traceId: linkedSpan.traceId, spanId: linkedSpan.spanId },
        ]),
      );
      expect({ ...stored?.tags, ...stored?.processTags }).toMatchObject({ 'deployment.environment.name': 'test' });
    },
  );

  it.each(cases)('brings spans with values that cannot be written to $name, as far as they can', async (way) => {
    const service = `${way.service}-hostile`;
    const transport = createTransport(way.config(jaeger));
    const spans = [
      ...finishedSpans({ count: 1, service }),
      ...finishedSpans({ count: 1, service, attributes: hostileAttributes() }),
    ];
    expect(await transport.send(spans, AbortSignal.timeout(10_000))).toEqual({ sent: 2, dropped: {}, trimmed: 0 });
    await transport.close();
    const stored = await store.waitFor(service, 2);
    expect(stored.map(({ tags }) => tags['shop.count'])).toEqual([1, 1]);
    expect(stored.filter(({ tags }) => 'cyclic' in tags)).toHaveLength(1);
  });
});
