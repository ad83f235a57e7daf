import type { Attributes, Meter, MeterProvider } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  MeterProvider as SdkMeterProvider,
  MetricReader,
} from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricsFixture } from './metricsFixture.ts';

const BOUNDARIES = [0, 0.5, 1, 2, 3, 5, 1000];
const KINDS = [
  'counter',
  'upDownCounter',
  'gauge',
  'histogram',
  'defaults',
  'observableCounter',
  'observableGauge',
] as const;

interface Measurement {
  readonly kind: (typeof KINDS)[number];
  readonly value: number;
  readonly attributes: Attributes;
  /** All metrics are collected after it. */
  readonly collects: boolean;
}

class ManualReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override async onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

const measurements = fc.array(
  fc.record<Measurement>({
    kind: fc.constantFrom(...KINDS),
    // Exact in any order of additions. What is no number is left out: the SDK makes sums and series of it.
    value: fc.oneof(
      fc.constantFrom(...BOUNDARIES, -0),
      fc.integer({ min: -20_000, max: 20_000 }).map((number) => number / 8),
    ),
    attributes: fc.dictionary(
      fc.constantFrom('k', 'l', 'm'),
      fc.oneof(fc.constantFrom('a', 'b', '1'), fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.constant(['a', 'b'])),
    ),
    collects: fc.boolean(),
  }),
  { maxLength: 60 },
);

/** Makes all instruments of a provider, and returns what takes a measurement. */
function instruments(meter: Meter): (measurement: Measurement) => void {
  const counter = meter.createCounter('counter');
  const upDownCounter = meter.createUpDownCounter('upDownCounter');
  const gauge = meter.createGauge('gauge');
  const histogram = meter.createHistogram('histogram', { advice: { explicitBucketBoundaries: BOUNDARIES } });
  const defaults = meter.createHistogram('defaults', { unit: 'ms' });
  const observed = { observableCounter: 0, observableGauge: 0 };
  meter
    .createObservableCounter('observableCounter')
    .addCallback((result) => result.observe(observed.observableCounter));
  meter.createObservableGauge('observableGauge').addCallback((result) => result.observe(observed.observableGauge));
  return ({ kind, value, attributes }) => {
    switch (kind) {
      case 'counter':
        return counter.add(value, attributes);
      case 'upDownCounter':
        return upDownCounter.add(value, attributes);
      case 'gauge':
        return gauge.record(value, attributes);
      case 'histogram':
        return histogram.record(value, attributes);
      case 'defaults':
        return defaults.record(value, attributes);
      case 'observableCounter':
        observed.observableCounter += Math.abs(value);
        return;
      case 'observableGauge':
        observed.observableGauge = value;
    }
  };
}

type Collected = Record<string, readonly unknown[]>;

function sorted(points: readonly (readonly [Attributes, unknown])[]): readonly unknown[] {
  const entries = points.map(([attributes, value]) => [
    Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
    value,
  ]);
  return entries.map((entry) => JSON.stringify(entry)).sort();
}

async function collectSdk(reader: MetricReader): Promise<Collected> {
  const { resourceMetrics } = await reader.collect();
  const collected: Collected = {};
  for (const metric of resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)) {
    if (metric.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM) throw new Error('none was asked for');
    collected[metric.descriptor.name] = sorted(
      metric.dataPointType === DataPointType.HISTOGRAM
        ? metric.dataPoints.map(({ attributes, value: { buckets, count, sum, min, max } }) => [
            attributes,
            [buckets.boundaries, buckets.counts, count, sum, min, max],
          ])
        : metric.dataPoints.map(({ attributes, value }) => [attributes, value]),
    );
  }
  return collected;
}

async function collectOurs({ provider }: ReturnType<typeof metricsFixture>): Promise<Collected> {
  const collected: Collected = {};
  for (const metric of await provider.collect())
    collected[metric.name] = sorted(
      metric.kind === 'histogram'
        ? metric.points.map(({ attributes, boundaries, bucketCounts, count, sum, min, max }) => [
            attributes,
            [boundaries, bucketCounts, count, sum, min, max],
          ])
        : metric.points.map(({ attributes, value }) => [attributes, value]),
    );
  return collected;
}

/** The meter of the application of which metrics are compared. */
function meterOf(provider: MeterProvider): Meter {
  return provider.getMeter('shop', '1.2.3');
}

describe('MetricsProvider, compared with the SDK', () => {
  it('collects the same sums, counts and buckets of the same measurements', async () => {
    await fc.assert(
      fc.asyncProperty(measurements, async (all) => {
        const ours = metricsFixture();
        const reader = new ManualReader({ aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE });
        const sdk = new SdkMeterProvider({ readers: [reader] });
        const takers = [instruments(meterOf(ours.provider)), instruments(meterOf(sdk))];
        for (const measurement of all) {
          for (const take of takers) take(measurement);
          if (measurement.collects) expect(await collectOurs(ours)).toEqual(await collectSdk(reader));
        }
        expect(await collectOurs(ours)).toEqual(await collectSdk(reader));
      }),
      { numRuns: 60 },
    );
  });

  it('has the same series of all others when there are too many', async () => {
    const ours = metricsFixture();
    const reader = new ManualReader();
    const sdk = new SdkMeterProvider({ readers: [reader] });
    for (const meter of [meterOf(ours.provider), meterOf(sdk)]) {
      const counter = meter.createCounter('counter');
      for (let id = 0; id < 2500; id += 1) counter.add(id, { id });
    }
    const [mine, theirs] = [await collectOurs(ours), await collectSdk(reader)];
    expect(mine).toEqual(theirs);
    expect(mine['counter']).toHaveLength(2000);
  });
});
