import { describe, expect, it } from 'vitest';
import { observeMetrics } from '../../../../../runtime/src/performance/metrics/observeMetrics.ts';
import { observeRequests } from '../../../../../runtime/src/requests/observeRequests.ts';
import { RequestTracker } from '../../../../../runtime/src/requests/requestTracker.ts';
import { observeLedger } from '../../../../../runtime/src/tracing/accounting/observeLedger.ts';
import { SpanLedger } from '../../../../../runtime/src/tracing/accounting/spanLedger.ts';
import { metricsFixture } from './metricsFixture.ts';

type Fixture = ReturnType<typeof metricsFixture>;

/** What a metric's series are, each as its attributes with its value or count. */
async function shown({ provider }: Fixture, name: string): Promise<unknown> {
  const metric = (await provider.collect()).find((each) => each.name === name);
  return metric?.kind === 'histogram'
    ? metric.points.map(({ attributes, count }) => [attributes, count])
    : metric?.points.map(({ attributes, value }) => [attributes, value]);
}

describe('the instruments of the runtime itself', () => {
  it('show the requests of a tracker', async () => {
    const fixture = metricsFixture();
    const tracker = new RequestTracker();
    const stop = observeRequests(tracker, fixture.meter);
    tracker.start({ operation: 'GET /' }).process().complete();
    tracker.start({ operation: 'GET /' });
    expect(await shown(fixture, 'tracewright.requests.duration')).toEqual([
      [{ 'tracewright.request.operation': 'GET /', 'tracewright.request.state': 'completed' }, 1],
    ]);
    expect(await shown(fixture, 'tracewright.requests.unfinished')).toEqual([
      [{ 'tracewright.request.state': 'pending' }, 1],
      [{ 'tracewright.request.state': 'processing' }, 0],
    ]);
    stop();
    expect(await shown(fixture, 'tracewright.requests.unfinished')).toBeUndefined();
  });

  it('show the ledger of spans', async () => {
    const fixture = metricsFixture();
    const ledger = new SpanLedger();
    ledger.enqueue();
    const stop = observeLedger(ledger, fixture.meter);
    expect(await shown(fixture, 'tracewright.spans.created')).toEqual([[{}, 1]]);
    stop();
    expect(await shown(fixture, 'tracewright.spans.created')).toBeUndefined();
  });

  it('show what is not measured', async () => {
    const fixture = metricsFixture({ maxSeriesPerMetric: 6 });
    const stop = observeMetrics(fixture.provider, fixture.meter);
    const orders = fixture.meter.createCounter('orders');
    for (const value of [NaN, -1, -2]) orders.add(value);
    for (let id = 0; id < 7; id += 1) orders.add(1, { id });
    fixture.meter.createGauge('orders');
    expect(await shown(fixture, 'tracewright.metrics.overflowed')).toEqual([[{}, 2]]);
    expect(await shown(fixture, 'tracewright.metrics.refused')).toEqual([[{}, 1]]);
    // Six of `orders`, and those of the metrics themselves.
    expect(await shown(fixture, 'tracewright.metrics.series')).toEqual([[{}, 14]]);
    expect(await shown(fixture, 'tracewright.metrics.dropped')).toEqual([
      [{ reason: 'notANumber' }, 1],
      [{ reason: 'notFinite' }, 0],
      [{ reason: 'negative' }, 2],
      [{ reason: 'unreadable' }, 0],
      [{ reason: 'tooManySeries' }, 0],
    ]);
    stop();
    expect(await shown(fixture, 'tracewright.metrics.series')).toBeUndefined();
  });
});
