import { createNoopMeter, type MeterProvider, metrics } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { MetricsProvider } from '../../../runtime/src/performance/metrics/metricsProvider.ts';
import { createTracing } from '../../../runtime/src/tracing/createTracing.ts';
import { FakeHost } from './fakeHost.ts';

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

  it('starts nothing where its options are wrong', () => {
    expect(() => createObservability({ tracing: false, performance: { intervalMillis: 1 } })).toThrow(
      'performance.intervalMillis: 1 (options); allowed: a whole number from 100 to 3600000',
    );
    expect(metrics.getMeterProvider().getMeter('shop')).toBe(createNoopMeter());
  });
});
