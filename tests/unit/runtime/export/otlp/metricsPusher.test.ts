import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { type ExportResult, ExportResultCode, isTracingSuppressed } from '@opentelemetry/core';
import { AggregationTemporality, type PushMetricExporter, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { MetricsPusher } from '../../../../../runtime/src/export/otlp/metricsPusher.ts';
import type { MetricsPusherOptions } from '../../../../../runtime/src/export/otlp/metricsPusherOptions.ts';
import { FakeHost, settle } from '../../../../support/fakeHost.ts';
import { counter } from '../../../../support/metricFixture.ts';

type Answer = (result: ExportResult) => void;

/** Keeps what it gets; each test answers as it likes. */
class FakeExporter implements PushMetricExporter {
  readonly taken: ResourceMetrics[] = [];
  readonly waiting: Answer[] = [];
  answer: 'success' | 'failure' | 'throws' | 'never' = 'success';
  wasSuppressed: boolean | undefined;
  shutdowns = 0;

  export(metrics: ResourceMetrics, done: Answer): void {
    this.taken.push(metrics);
    this.wasSuppressed = isTracingSuppressed(context.active());
    if (this.answer === 'throws') throw new Error('a broken exporter');
    if (this.answer === 'success') done({ code: ExportResultCode.SUCCESS });
    else if (this.answer === 'failure')
      done({ code: ExportResultCode.FAILED, error: new Error('the collector is down') });
    else this.waiting.push(done);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    this.shutdowns += 1;
    return Promise.resolve();
  }
}

function pusherWith(changes: MetricsPusherOptions = {}, collect = () => Promise.resolve([counter()])) {
  const host = new FakeHost();
  const exporter = new FakeExporter();
  const errors: string[] = [];
  const onError = ({ name, message }: Error): number => errors.push(`${name}: ${message}`);
  const options = { exporter, intervalMillis: 1000, timeoutMillis: 500, onError, ...changes };
  return { host, exporter, errors, pusher: new MetricsPusher({ collect }, options, host) };
}

async function advance(host: FakeHost, millis: number): Promise<void> {
  host.advance(millis);
  await settle();
}

describe('MetricsPusher', () => {
  it('pushes at each interval, from the first one after the start on', async () => {
    const { host, exporter, pusher } = pusherWith();
    pusher.start();
    pusher.start();
    await advance(host, 999);
    expect(exporter.taken).toHaveLength(0);
    await advance(host, 1);
    await advance(host, 1000);
    expect(exporter.taken.map(({ scopeMetrics }) => scopeMetrics[0]?.metrics[0]?.descriptor.name)).toEqual([
      'shop.orders',
      'shop.orders',
    ]);
    expect(exporter.taken[1]?.scopeMetrics[0]?.metrics[0]?.dataPoints[0]?.endTime).toEqual([1_795_737_602, 0]);
    expect(pusher.counts()).toEqual({ pushed: 2, failed: 0 });
  });

  it.each([
    ['failure', 'the collector is down'],
    ['throws', 'a broken exporter'],
  ] as const)('where the exporter ends with %s it tells why, and goes on', async (answer, reason) => {
    const { host, exporter, errors, pusher } = pusherWith();
    pusher.start();
    exporter.answer = answer;
    await advance(host, 1000);
    expect(errors).toEqual([`MetricsPushError: metrics could not be pushed: ${reason}`]);
    exporter.answer = 'success';
    await advance(host, 1000);
    expect(pusher.counts()).toEqual({ pushed: 1, failed: 1 });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no metrics'))],
    [
      'throws',
      () => {
        throw new Error('no metrics');
      },
    ],
  ])('where the source %s it tells why, and goes on', async (_, collect) => {
    const { host, errors, pusher } = pusherWith({}, collect);
    pusher.start();
    await advance(host, 1000);
    await advance(host, 1000);
    expect(errors).toEqual(Array(2).fill('MetricsPushError: metrics could not be pushed: no metrics'));
  });

  it('gives up on a push that takes too long, and begins no other while the exporter holds on to it', async () => {
    const { host, exporter, errors, pusher } = pusherWith();
    pusher.start();
    exporter.answer = 'never';
    await advance(host, 1000);
    await advance(host, 500);
    await advance(host, 1000);
    expect(errors).toEqual([
      'MetricsPushError: metrics could not be pushed: pushing metrics took longer than 500 ms',
      'MetricsPushError: metrics could not be pushed: the exporter has not let go of those before',
    ]);
    exporter.answer = 'success';
    exporter.waiting[0]?.({ code: ExportResultCode.FAILED });
    await settle();
    await advance(host, 1000);
    expect(exporter.taken).toHaveLength(2);
    expect(pusher.counts()).toEqual({ pushed: 1, failed: 2 });
  });

  it('says what is known of the resource where the rest of it is never detected', async () => {
    const resource = {
      attributes: { 'service.name': 'shop' },
      waitForAsyncAttributes: () => new Promise<void>(() => undefined),
    };
    const { host, exporter, errors, pusher } = pusherWith({ resource });
    pusher.start();
    await advance(host, 1000);
    expect(exporter.taken).toHaveLength(0);
    await advance(host, 250);
    expect(exporter.taken[0]?.resource.attributes).toEqual({ 'service.name': 'shop' });
    expect(errors).toEqual(['TimeoutError: detecting the resource took longer than 250 ms']);
    expect(pusher.counts()).toEqual({ pushed: 1, failed: 0 });
  });

  it('says what its source says that the process is, unless it is told otherwise', async () => {
    const collect = () => Promise.resolve([counter()]);
    const source = { collect, resource: { attributes: { 'service.name': 'of the source' } } };
    const exporter = new FakeExporter();
    const told = { attributes: { 'service.name': 'told' } };
    await new MetricsPusher(source, { exporter }, new FakeHost()).flush();
    await new MetricsPusher(source, { exporter, resource: told }, new FakeHost()).flush();
    expect(exporter.taken.map(({ resource }) => resource.attributes['service.name'])).toEqual([
      'of the source',
      'told',
    ]);
  });

  it('flushes after the push that is under way', async () => {
    const { host, exporter, pusher } = pusherWith();
    exporter.answer = 'never';
    const first = pusher.flush();
    await settle();
    const both = Promise.all([pusher.flush(), pusher.flush()]);
    await settle();
    expect(exporter.taken).toHaveLength(1);
    exporter.answer = 'success';
    exporter.waiting[0]?.({ code: ExportResultCode.SUCCESS });
    await Promise.all([first, both]);
    expect(exporter.taken).toHaveLength(2);
    expect(host.timerCount).toBe(0);
  });

  it('pushes for the last time when it is stopped, shuts the exporter down, and does nothing any more', async () => {
    const { host, exporter, pusher } = pusherWith();
    pusher.start();
    const stopping = pusher.stop();
    expect(host.waiting).toBe(1);
    await Promise.all([stopping, pusher.stop()]);
    expect([exporter.taken.length, exporter.shutdowns, host.timerCount, host.waiting]).toEqual([1, 1, 0, 0]);
    pusher.start();
    await pusher.flush();
    await advance(host, 10_000);
    expect(exporter.taken).toHaveLength(1);
  });

  it('stops in bounded time, whatever the exporter does, and starts no timer again', async () => {
    const { host, exporter, errors, pusher } = pusherWith();
    pusher.start();
    exporter.answer = 'never';
    exporter.shutdown = () => new Promise(() => undefined);
    await advance(host, 1000);
    const stopped = pusher.stop();
    await advance(host, 500);
    await advance(host, 500);
    await stopped;
    expect(errors.at(-1)).toBe('TimeoutError: shutting the exporter of metrics down took longer than 500 ms');
    expect([host.timerCount, host.waiting]).toEqual([0, 0]);
  });

  it('pushes out of sight of tracing', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    try {
      const { exporter, pusher } = pusherWith();
      await pusher.flush();
      expect(exporter.wasSuppressed).toBe(true);
    } finally {
      context.disable();
    }
  });

  it('survives a handler of errors that throws', async () => {
    const { exporter, pusher } = pusherWith({
      onError: () => {
        throw new Error('from the application');
      },
    });
    exporter.answer = 'failure';
    await expect(pusher.flush()).resolves.toBeUndefined();
  });

  it('refuses an exporter of deltas and options that are out of range, without showing secrets', () => {
    const exporter = Object.assign(new FakeExporter(), {
      selectAggregationTemporality: () => AggregationTemporality.DELTA,
    });
    expect(() => pusherWith({ exporter, url: 'secret', intervalMillis: 1 })).toThrow(
      [
        'The metrics push configuration has 3 problems:',
        "  exporter: one that does not (options); allowed: one of OpenTelemetry's exporters of metrics that takes cumulative ones",
        '  url: a text of 6 characters (options); allowed: an absolute URL that begins with http:// or https://',
        '  intervalMillis: 1 (options); allowed: a whole number from 100 to 3600000',
      ].join('\n'),
    );
  });
});
