import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@tracewright/runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nodeHostProcess } from '../../../runtime/src/core/adapters/nodeHostProcess.ts';
import { MetricsPusher } from '../../../runtime/src/export/otlp/metricsPusher.ts';
import { MetricsProvider } from '../../../runtime/src/performance/metrics/metricsProvider.ts';
import {
  bytesAt,
  messagesAt,
  numberAt,
  type ProtobufFields,
  protobufFields,
  textAt,
} from '../support/protobufFields.ts';

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const received: Received[] = [];
let status = 200;
let receiving = Promise.withResolvers<void>();
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
    receiving.resolve();
  });
});
let url: string;
beforeAll(async () => {
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/metrics`;
});
afterEach(() => {
  received.splice(0);
  status = 200;
  receiving = Promise.withResolvers();
});
afterAll(() => {
  collector.close().closeAllConnections();
});

function measured(): MetricsProvider {
  const provider = new MetricsProvider({ host: nodeHostProcess() });
  const meter = provider.getMeter('shop', '1.2.0');
  meter
    .createCounter('shop.orders', { unit: '{order}', description: 'Orders.' })
    .add(3, { route: '/a', 'line\nbreak': '"' });
  meter.createUpDownCounter('shop.open').add(-2);
  meter.createGauge('shop.heat').record(21.5);
  const wait = meter.createHistogram('shop.wait', { unit: 's', advice: { explicitBucketBoundaries: [1, 2] } });
  for (const seconds of [0.5, 1, 1.5, 4]) wait.record(seconds);
  return provider;
}

const fixedAt = (fields: ProtobufFields, field: number): bigint => bytesAt(fields, field).readBigUInt64LE();
const doubleAt = (fields: ProtobufFields, field: number): number => bytesAt(fields, field).readDoubleLE();

/** The metrics of a request, by name, and its resource and scope. */
function read(body: Buffer) {
  const [resourceMetrics] = messagesAt(protobufFields(body), 1);
  if (resourceMetrics === undefined) throw new Error('nothing was sent');
  const [scopeMetrics] = messagesAt(resourceMetrics, 2);
  if (scopeMetrics === undefined) throw new Error('no scope was sent');
  const [scope] = messagesAt(scopeMetrics, 1);
  const metrics = new Map(messagesAt(scopeMetrics, 2).map((metric) => [textAt(metric, 1), metric]));
  return { resource: messagesAt(resourceMetrics, 1)[0], scope, metrics };
}

/** The only point of a metric, and the message that it is in. */
function pointOf(metrics: ReadonlyMap<string, ProtobufFields>, name: string, field: number) {
  const [data] = messagesAt(metrics.get(name) ?? new Map(), field);
  const [point] = messagesAt(data ?? new Map(), 1);
  if (data === undefined || point === undefined) throw new Error(`${name} was not sent`);
  return { data, point };
}

function attributesOf(fields: ProtobufFields | undefined, field: number): Readonly<Record<string, string>> {
  const pairs = messagesAt(fields ?? new Map(), field);
  return Object.fromEntries(pairs.map((pair) => [textAt(pair, 1), textAt(messagesAt(pair, 2)[0] ?? new Map(), 1)]));
}

describe('metrics pushed with OTLP', () => {
  it('arrive over HTTP as protobuf, at the interval and when the pusher stops', async () => {
    const before = Date.now();
    const pusher = new MetricsPusher(measured(), {
      url,
      headers: { authorization: new Secret('Bearer x') },
      resource: { attributes: { 'service.name': 'shop' } },
      intervalMillis: 100,
    });
    pusher.start();
    await receiving.promise;
    await pusher.stop();
    expect(pusher.counts()).toEqual({ pushed: received.length, failed: 0 });
    expect(received.length).toBeGreaterThanOrEqual(2);
    const [first] = received;
    expect(first?.path).toBe('/v1/metrics');
    expect(first?.headers).toMatchObject({ 'content-type': 'application/x-protobuf', authorization: 'Bearer x' });
    const { resource, scope, metrics } = read(first?.body ?? Buffer.alloc(0));
    expect(attributesOf(resource, 1)).toEqual({ 'service.name': 'shop' });
    expect([textAt(scope ?? new Map(), 1), textAt(scope ?? new Map(), 2)]).toEqual(['shop', '1.2.0']);
    expect([...metrics.keys()]).toEqual(['shop.orders', 'shop.open', 'shop.heat', 'shop.wait']);

    const orders = pointOf(metrics, 'shop.orders', 7);
    expect([
      textAt(metrics.get('shop.orders') ?? new Map(), 3),
      numberAt(orders.data, 2),
      numberAt(orders.data, 3),
    ]).toEqual([
      '{order}',
      2, // cumulative
      1, // never falls
    ]);
    expect(doubleAt(orders.point, 4)).toBe(3);
    expect(attributesOf(orders.point, 7)).toEqual({ route: '/a', 'line\nbreak': '"' });
    for (const field of [2, 3])
      expect(Math.abs(Number(fixedAt(orders.point, field)) / 1e6 - before)).toBeLessThan(30_000);

    const open = pointOf(metrics, 'shop.open', 7);
    expect([doubleAt(open.point, 4), numberAt(open.data, 2), numberAt(open.data, 3)]).toEqual([-2, 2, 0]);
    expect(doubleAt(pointOf(metrics, 'shop.heat', 5).point, 4)).toBe(21.5);

    const { data, point } = pointOf(metrics, 'shop.wait', 9);
    expect([
      numberAt(data, 2),
      fixedAt(point, 4),
      doubleAt(point, 5),
      doubleAt(point, 11),
      doubleAt(point, 12),
    ]).toEqual([2, 4n, 7, 0.5, 4]);
    expect([0, 8, 16].map((offset) => bytesAt(point, 6).readBigUInt64LE(offset))).toEqual([2n, 1n, 1n]);
    expect([0, 8].map((offset) => bytesAt(point, 7).readDoubleLE(offset))).toEqual([1, 2]);
  });

  it('that a collector refuses are told, without what was sent', async () => {
    status = 400;
    const errors: Error[] = [];
    const options = {
      url,
      headers: { authorization: new Secret('Bearer x') },
      onError: (error: Error) => errors.push(error),
    };
    const pusher = new MetricsPusher(measured(), options);
    await pusher.flush();
    await pusher.stop();
    expect(errors.map(({ name, message }) => `${name}: ${message}`)).toEqual(
      Array(2).fill('MetricsPushError: metrics could not be pushed: Bad Request'),
    );
  });

  it('are given up after the timeout where nobody listens', async () => {
    const errors: Error[] = [];
    const options = {
      url: 'http://127.0.0.1:1/v1/metrics',
      timeoutMillis: 300,
      onError: (error: Error) => errors.push(error),
    };
    const pusher = new MetricsPusher(measured(), options);
    const start = performance.now();
    await pusher.stop();
    expect(performance.now() - start).toBeLessThan(2000);
    expect(errors[0]?.name).toBe('MetricsPushError');
    expect(pusher.counts()).toEqual({ pushed: 0, failed: 1 });
  });
});
