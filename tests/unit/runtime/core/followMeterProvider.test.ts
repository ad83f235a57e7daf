import { type Meter, type MeterProvider, metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider as SdkMeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followMeterProvider } from '../../../../runtime/src/core/followMeterProvider.ts';
import { observeLedger } from '../../../../runtime/src/tracing/accounting/observeLedger.ts';
import { SpanLedger } from '../../../../runtime/src/tracing/accounting/spanLedger.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

let host: FakeHost;
let ledger: SpanLedger;

beforeEach(() => {
  host = new FakeHost();
  ledger = new SpanLedger();
  ledger.enqueue();
});
afterEach(() => {
  metrics.disable();
});

/** An application's provider, and what `tracewright.spans.created` is there; `undefined` when it is not shown. */
function application() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const provider = new SdkMeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
  const created = async (): Promise<unknown> => {
    exporter.reset();
    await provider.forceFlush();
    const shown = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
    expect(shown.map(({ scope }) => scope.name)).toEqual(shown.map(() => '@tracewright/runtime'));
    const instruments = shown.flatMap((scope) => scope.metrics);
    return instruments.find(({ descriptor }) => descriptor.name === 'tracewright.spans.created')?.dataPoints[0]?.value;
  };
  return { provider, created };
}

const observe = (meter: Meter) => observeLedger(ledger, meter);

describe('followMeterProvider', () => {
  it('makes no instruments where no provider is set', () => {
    let meters = 0;
    followMeterProvider({ observe: (meter) => ((meters += 1), observe(meter)), host });
    host.advance(10_000);
    expect(meters).toBe(0);
  });

  it('shows the counts on the global provider that is there already', async () => {
    const { provider, created } = application();
    metrics.setGlobalMeterProvider(provider);
    followMeterProvider({ observe, host });
    expect(await created()).toBe(1);
  });

  it('shows them, as totals, within ten seconds on a provider that is set later', async () => {
    const { provider, created } = application();
    followMeterProvider({ observe, host });
    host.advance(10_000);
    metrics.setGlobalMeterProvider(provider);
    ledger.enqueue();
    host.advance(9_999);
    expect(await created()).toBeUndefined();
    host.advance(1);
    expect(await created()).toBe(2);
  });

  it('moves on when another provider takes the place of the first', async () => {
    const [first, second] = [application(), application()];
    metrics.setGlobalMeterProvider(first.provider);
    followMeterProvider({ observe, host });
    metrics.disable();
    metrics.setGlobalMeterProvider(second.provider);
    host.advance(10_000);
    expect([await first.created(), await second.created()]).toEqual([undefined, 1]);
  });

  it('registers once for as long as the provider stays', () => {
    const { provider } = application();
    let meters = 0;
    const counting: MeterProvider = {
      getMeter: (name) => {
        meters += 1;
        return provider.getMeter(name);
      },
    };
    followMeterProvider({ observe, host, currentProvider: () => counting });
    for (let look = 0; look < 5; look += 1) host.advance(10_000);
    expect(meters).toBe(1);
  });

  it('ends, and looks no more, when it is told to', async () => {
    const { provider, created } = application();
    const stop = followMeterProvider({ observe, host, currentProvider: () => provider });
    stop();
    stop();
    expect(await created()).toBeUndefined();
    expect(host.timerCount).toBe(0);
  });

  it('leaves a provider alone whose meter throws, and goes on looking', async () => {
    const broken: MeterProvider = {
      getMeter: (): Meter => {
        throw new Error('of the application');
      },
    };
    const { provider, created } = application();
    let current = broken;
    followMeterProvider({ observe, host, currentProvider: () => current });
    host.advance(10_000);
    current = provider;
    host.advance(10_000);
    expect(await created()).toBe(1);
  });

  it('goes on when a provider does not let itself be left', async () => {
    const stubborn = application().provider.getMeter('test');
    stubborn.removeBatchObservableCallback = () => {
      throw new Error('of the application');
    };
    const { provider, created } = application();
    let current: MeterProvider = { getMeter: () => stubborn };
    followMeterProvider({ observe, host, currentProvider: () => current });
    current = provider;
    host.advance(10_000);
    expect(await created()).toBe(1);
  });
});
