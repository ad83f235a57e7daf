import { type Attributes, metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider as SdkMeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, expect, it } from 'vitest';
import { createObservability } from '../../../../runtime/src/observability.ts';
import { observeRequests } from '../../../../runtime/src/requests/observeRequests.ts';
import { RequestTracker } from '../../../../runtime/src/requests/requestTracker.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

interface Point {
  readonly attributes: Attributes;
  readonly value: unknown;
}

afterEach(() => metrics.disable());

/** An application's meter provider, and the values of an instrument in it, by the one attribute that they have. */
function application() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const provider = new SdkMeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
  const valuesOf = async (name: string): Promise<Record<string, unknown>> => {
    exporter.reset();
    await provider.forceFlush();
    const points = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
      .filter(({ descriptor }) => descriptor.name === `tracewright.requests.${name}`)
      .flatMap(({ dataPoints }): readonly Point[] => dataPoints);
    return Object.fromEntries(points.map(({ attributes, value }) => [Object.values(attributes).join(), value]));
  };
  return { provider, valuesOf };
}

/** A tracker that keeps one request of those that have ended. */
function trackerOfOne(ended: number): RequestTracker {
  const tracker = new RequestTracker({ maxRequests: 1 }, { host: new FakeHost() });
  for (let number = 0; number < ended; number += 1) tracker.start({ operation: 'read' }).process().complete();
  return tracker;
}

it('shows the requests of all trackers of a process', async () => {
  const { provider, valuesOf } = application();
  metrics.setGlobalMeterProvider(provider);
  const first = createObservability({ tracing: false });
  const second = createObservability({ tracing: false });
  for (let number = 0; number < 3; number += 1) first.requests?.start({ operation: 'read' });
  second.requests?.start({ operation: 'read' });
  second.requests?.start({ operation: 'read' }).process();
  expect(await valuesOf('unfinished')).toEqual({ pending: 4, processing: 1 });
  await first.stop();
  expect(await valuesOf('unfinished')).toEqual({ pending: 1, processing: 1 });
  await second.stop();
});

it('counts what was let go of once, whoever leaves and comes again', async () => {
  const { provider, valuesOf } = application();
  const meter = provider.getMeter('test');
  const [first, second] = [trackerOfOne(4), trackerOfOne(3)];
  const stopFirst = observeRequests(first, meter);
  const stopSecond = observeRequests(second, meter);
  expect(await valuesOf('evicted')).toEqual({ age: 0, count: 5, memory: 0 });
  stopFirst();
  stopFirst();
  first.start({ operation: 'read' }).process().complete();
  expect(await valuesOf('evicted')).toEqual({ age: 0, count: 5, memory: 0 });
  const stopAgain = observeRequests(first, meter);
  expect(await valuesOf('evicted')).toEqual({ age: 0, count: 6, memory: 0 });
  stopAgain();
  stopSecond();
  observeRequests(trackerOfOne(2), meter);
  expect(await valuesOf('evicted')).toEqual({ age: 0, count: 7, memory: 0 });
});

it('keeps the trackers of different meters apart', async () => {
  const [one, other] = [application(), application()];
  observeRequests(trackerOfOne(3), one.provider.getMeter('test'));
  observeRequests(trackerOfOne(2), other.provider.getMeter('test'));
  expect(await one.valuesOf('evicted')).toMatchObject({ count: 2 });
  expect(await other.valuesOf('evicted')).toMatchObject({ count: 1 });
});

it('tells few types of failures apart, so that one operation leaves the others room', async () => {
  const { provider, valuesOf } = application();
  const trackers = [trackerOfOne(0), trackerOfOne(0)];
  for (const tracker of trackers) observeRequests(tracker, provider.getMeter('test'));
  for (let number = 0; number < 5000; number += 1)
    trackers[number % 2]?.start({ operation: 'flood' }).fail({ type: `type ${number}` });
  trackers[0]?.start({ operation: 'read' }).fail({ type: 'type 4999' });
  trackers[1]?.start({ operation: 'flood' }).cancel();
  expect(Object.keys(await valuesOf('duration'))).toEqual([
    ...Array.from({ length: 20 }, (_, number) => `flood,failed,type ${number}`),
    'flood,failed,(other)',
    'read,failed,type 4999',
    'flood,failed,cancelled',
  ]);
});
