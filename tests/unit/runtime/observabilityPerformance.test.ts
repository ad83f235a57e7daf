import { createNoopMeter, type MeterProvider, metrics } from '@opentelemetry/api';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serveMetrics } from '../../../runtime/src/export/prometheus/adapters/serveMetrics.ts';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { MetricsProvider } from '../../../runtime/src/performance/metrics/metricsProvider.ts';
import type { PerformanceMonitor } from '../../../runtime/src/performance/performanceMonitor.ts';
import { createTracing } from '../../../runtime/src/tracing/createTracing.ts';
import { FakeHost } from '../../support/fakeHost.ts';

let observability: Observability | undefined;

afterEach(async () => {
  await observability?.stop();
  observability = undefined;
  metrics.disable();
});

/** How many finished requests of an operation a provider counts. */
async function finished(provider: MetricsProvider | undefined, operation: string): Promise<number> {
  const all = (await provider?.collect()) ?? [];
  const durations = all.find(({ name }) => name === 'tracewright.requests.duration');
  const points = durations?.kind === 'histogram' ? durations.points : [];
  return points.find(({ attributes }) => attributes['tracewright.request.operation'] === operation)?.count ?? 0;
}

/** What a server of metrics answers. */
async function scrape(source: PerformanceMonitor | undefined): Promise<string> {
  if (source === undefined) throw new Error('there is nothing to be scraped');
  const server = await serveMetrics(source, { port: 0 });
  try {
    return await (await fetch(server.url)).text();
  } finally {
    await server.stop();
  }
}

describe('performance in createObservability', () => {
  it('gives the process a meter provider that counts requests and whatever is measured, until it is stopped', async () => {
    observability = createObservability({ tracing: false, performance: { system: false } });
    const { requests, performance: monitor } = observability;
    metrics.getMeter('shop').createCounter('orders').add(3);
    requests?.start({ operation: 'work' }).process().complete();
    const orders = (await monitor?.collect())?.find(({ name }) => name === 'orders');
    expect(orders?.points).toMatchObject([{ value: 3 }]);
    expect(await finished(monitor?.meterProvider, 'work')).toBe(1);
    await monitor?.read();
    expect(monitor?.series.metricNames()).toEqual(expect.arrayContaining(['orders', 'nodejs.eventloop.utilization']));
    await observability.stop();
    expect(metrics.getMeterProvider().getMeter('shop')).toBe(createNoopMeter());
  });

  it('measures nothing any more after it was stopped, whoever holds an instrument', async () => {
    observability = createObservability({ tracing: false, performance: { system: false } });
    const orders = metrics.getMeter('shop').createCounter('orders');
    orders.add(3);
    await observability.stop();
    orders.add(4);
    const shown = (await observability.performance?.collect())?.find(({ name }) => name === 'orders');
    expect(shown?.points ?? []).toEqual([]);
  });

  it('leaves the meter provider of the application where it is, and counts requests on both', async () => {
    const own = new MetricsProvider({ host: new FakeHost() });
    metrics.setGlobalMeterProvider(own);
    observability = createObservability({ tracing: false, performance: { system: false } });
    const { requests, performance: monitor } = observability;
    requests?.start({ operation: 'work' }).process().complete();
    expect(metrics.getMeterProvider()).toBe(own);
    expect([await finished(own, 'work'), await finished(monitor?.meterProvider, 'work')]).toEqual([1, 1]);
    await observability.stop();
    expect(metrics.getMeterProvider()).toBe(own);
  });

  it('starts beside a meter provider of the application that throws, and leaves that alone', async () => {
    const broken: MeterProvider = {
      getMeter: () => {
        throw new Error('broken');
      },
    };
    metrics.setGlobalMeterProvider(broken);
    observability = createObservability({ tracing: false, performance: { system: false } });
    observability.requests?.start({ operation: 'work' }).process().complete();
    expect(metrics.getMeterProvider()).toBe(broken);
    expect(await finished(observability.performance?.meterProvider, 'work')).toBe(1);
  });

  it('says of the process what its spans say', async () => {
    const host = new FakeHost();
    const tracing = createTracing(
      {
        serviceName: 'orders',
        resourceAttributes: { 'deployment.environment.name': 'test' },
        exporter: 'none',
        instrumentations: [],
        logCorrelation: [],
        crashRecordFile: false,
      },
      { host },
    );
    observability = createObservability({ tracing, performance: { system: false } });
    expect(observability.performance?.resource?.attributes).toMatchObject({
      'service.name': 'orders',
      'deployment.environment.name': 'test',
      'host.name': host.hostName,
    });
    const text = await scrape(observability.performance);
    expect(text).toContain('target_info{deployment_environment_name="test",');
    expect(text).toContain('service_name="orders"');
  });

  it('shows the metrics of instrumented libraries', () => {
    const given: MeterProvider[] = [];
    const tracing = createTracing(
      { serviceName: 'orders', exporter: 'none', instrumentations: [], logCorrelation: [], crashRecordFile: false },
      { host: new FakeHost() },
    );
    tracing.useMeterProvider = (provider) => void given.push(provider);
    observability = createObservability({ tracing, performance: { system: false } });
    expect(given).toEqual([observability.performance?.meterProvider]);
  });

  it('reads from the start until it is stopped, and tells its onError what goes wrong', async () => {
    const errors: string[] = [];
    const onError = ({ message }: Error): void => void errors.push(message);
    observability = createObservability({ tracing: false, performance: { system: false }, onError });
    const { performance: monitor } = observability;
    const gauge = metrics.getMeter('shop').createObservableGauge('broken');
    gauge.addCallback(() => {
      throw new Error('callback');
    });
    await vi.waitFor(() => expect(monitor?.series.counts().appended).toBeGreaterThan(0));
    expect(errors[0]).toContain('callback');
    const stop = monitor === undefined ? undefined : vi.spyOn(monitor, 'stop');
    await observability.stop();
    expect(stop).toHaveBeenCalledOnce();
  });

  it('takes away no meter provider that the application put in the place of its own', async () => {
    observability = createObservability({ tracing: false, performance: { system: false } });
    const own = new MetricsProvider({ host: new FakeHost() });
    metrics.disable();
    metrics.setGlobalMeterProvider(own);
    await observability.stop();
    expect(metrics.getMeterProvider()).toBe(own);
  });

  it('starts nothing where its options are wrong', () => {
    expect(() => createObservability({ tracing: false, performance: { intervalMillis: 1 } })).toThrow(
      'performance.intervalMillis: 1 (options); allowed: a whole number from 100 to 3600000',
    );
    expect(metrics.getMeterProvider().getMeter('shop')).toBe(createNoopMeter());
  });
});
