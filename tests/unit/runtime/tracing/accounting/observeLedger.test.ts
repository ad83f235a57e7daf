import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observeLedger } from '../../../../../runtime/src/tracing/accounting/observeLedger.ts';
import { SpanLedger } from '../../../../../runtime/src/tracing/accounting/spanLedger.ts';

let exporter: InMemoryMetricExporter;
let provider: MeterProvider;
let ledger: SpanLedger;

beforeEach(() => {
  exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
  ledger = new SpanLedger();
});
afterEach(async () => {
  await provider.shutdown();
});

/** The instruments of the last collection. */
async function collect() {
  exporter.reset();
  await provider.forceFlush();
  return exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
}

/** Name, with the reason where there is one, to value. */
async function values(): Promise<Record<string, unknown>> {
  const points = (await collect()).flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }): [string, unknown] => [
      [descriptor.name, ...Object.values(attributes)].join(' '),
      value,
    ]),
  );
  return Object.fromEntries(points);
}

describe('observeLedger', () => {
  it('shows every count of one instant, and every reason from the start', async () => {
    observeLedger(ledger, provider.getMeter('test'));
    for (let span = 0; span < 10; span += 1) ledger.enqueue();
    ledger.countUnsampled();
    ledger.refuse('queue_full');
    ledger.depart(4).settle({ sent: 3, dropped: { oversize: 1 }, trimmed: 2 });
    ledger.depart(5);
    expect(await values()).toEqual({
      'tracewright.spans.created': 11,
      'tracewright.spans.sent': 3,
      'tracewright.spans.dropped queue_full': 1,
      'tracewright.spans.dropped oversize': 1,
      'tracewright.spans.dropped export_failed': 0,
      'tracewright.spans.dropped shutdown': 0,
      'tracewright.spans.unsampled': 1,
      'tracewright.spans.trimmed': 2,
      'tracewright.spans.queued': 1,
      'tracewright.spans.in_flight': 5,
    });
  });

  it('uses counters for what only grows, up-down counters for what waits, all in spans and with a description', async () => {
    observeLedger(ledger, provider.getMeter('test'));
    const metrics = await collect();
    const described = metrics.map(({ descriptor, dataPointType, ...metric }) => [
      descriptor.name,
      descriptor.unit,
      descriptor.description !== '',
      dataPointType === DataPointType.SUM && 'isMonotonic' in metric && metric.isMonotonic,
    ]);
    expect(described).toEqual([
      ['tracewright.spans.created', '{span}', true, true],
      ['tracewright.spans.sent', '{span}', true, true],
      ['tracewright.spans.dropped', '{span}', true, true],
      ['tracewright.spans.unsampled', '{span}', true, true],
      ['tracewright.spans.trimmed', '{span}', true, true],
      ['tracewright.spans.queued', '{span}', true, false],
      ['tracewright.spans.in_flight', '{span}', true, false],
    ]);
  });

  it('reads the ledger no more when it was ended, and can be begun again', async () => {
    const dispose = observeLedger(ledger, provider.getMeter('test'));
    ledger.enqueue();
    expect(await values()).toMatchObject({ 'tracewright.spans.created': 1 });
    dispose();
    dispose();
    ledger.enqueue();
    // The SDK goes on showing the last value of a cumulative instrument.
    expect(await values()).toMatchObject({ 'tracewright.spans.created': 1 });
    observeLedger(ledger, provider.getMeter('test'));
    expect(await values()).toMatchObject({ 'tracewright.spans.created': 2 });
  });
});
