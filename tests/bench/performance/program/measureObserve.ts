// node measureObserve.ts KIND OPERATIONS: records durations in a histogram of fourteen boundaries, with three attributes of
// 96 series, and prints the nanoseconds of processor time that one takes.
//   ours: through MetricsProvider, in no trace; traced: the same in a sampled trace, with exemplars; bound: through bound
//   instruments; peer: prom-client's `observe`, without exemplars; sdk: through the MeterProvider of OpenTelemetry's SDK.
import { type Attributes, context, type Histogram, type Meter, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { Histogram as PromHistogram, Registry } from 'prom-client';
import { nodeHostProcess } from '../../../../runtime/src/core/adapters/nodeHostProcess.ts';
import { currentTraceContext } from '../../../../runtime/src/core/currentTraceContext.ts';
import { MetricsProvider } from '../../../../runtime/src/performance/metrics/metricsProvider.ts';
import { cpuPerOperation } from '../../cpuPerOperation.ts';

type Record = (index: number) => void;

const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];
const STATUSES = [200, 404, 500];
const ROUTES = Array.from({ length: 8 }, (_, index) => `/things${index}/:id`);
/** Long-tailed, as durations are; drawn before, which is not to be measured. */
const SECONDS = Array.from({ length: 4096 }, (_, index) => 0.002 * Math.exp(((index * 2654435761) % 4096) / 512));

const KINDS: { readonly [kind: string]: () => Record } = {
  ours: () => recordWith(ourMeter()),
  traced: () => recordWith(ourMeter()),
  bound: () => recordBound(ourProvider()),
  sdk: () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    return recordWith(new MeterProvider({ readers: [reader] }).getMeter('shop'));
  },
  peer: () => {
    const histogram = new PromHistogram({
      name: 'http_server_request_duration_seconds',
      help: 'Durations.',
      labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
      buckets: BOUNDARIES,
      registers: [new Registry()],
    });
    return (index) => {
      const [method, route, status] = choose(index);
      const labels = { http_request_method: method, http_route: route, http_response_status_code: status };
      histogram.observe(labels, secondsOf(index));
    };
  },
};

const [kind = '', operations] = process.argv.slice(2);
const create = KINDS[kind];
if (create === undefined) throw new RangeError(`${kind} is none of ${Object.keys(KINDS).join(', ')}`);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const nanoseconds = await context.with(contextOf(kind), () => cpuPerOperation(create(), Number(operations)));
process.stdout.write(JSON.stringify({ nanoseconds }));
process.exit(0);

function contextOf(of: string): ReturnType<typeof context.active> {
  const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };
  return of === 'traced' ? trace.setSpanContext(context.active(), spanContext) : context.active();
}

function ourProvider(): MetricsProvider {
  return new MetricsProvider({ host: nodeHostProcess(), currentTrace: currentTraceContext });
}

/** Instruments of other kinds are in use as well: what the compiler assumes of histograms alone would not last. */
function ourMeter(): Meter {
  const meter = ourProvider().getMeter('shop');
  const counter = meter.createCounter('orders');
  const upDownCounter = meter.createUpDownCounter('queued');
  const gauge = meter.createGauge('level');
  for (let index = 0; index < 10_000; index += 1) {
    const attributes = attributesOf(index);
    counter.add(1, attributes);
    upDownCounter.add(1, { region: 'eu' });
    gauge.record(index);
  }
  return meter;
}

function recordWith(meter: Meter): Record {
  const histogram: Histogram = meter.createHistogram('http.server.request.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: BOUNDARIES },
  });
  return (index) => histogram.record(secondsOf(index), attributesOf(index));
}

function recordBound(provider: MetricsProvider): Record {
  const histogram = provider.getMeter('shop').createHistogram('http.server.request.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: BOUNDARIES },
  });
  const bound = Array.from({ length: 96 }, (_, index) => histogram.bind(attributesOf(index)));
  return (index) => bound[index % bound.length]?.record(secondsOf(index));
}

/** A new object each time, as instrumentations make them. */
function attributesOf(index: number): Attributes {
  const [method, route, status] = choose(index);
  return { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status };
}

function choose(index: number): readonly [method: string, route: string, status: number] {
  return [METHODS[index % 4] ?? '', ROUTES[(index >>> 2) % 8] ?? '', STATUSES[(index >>> 5) % 3] ?? 0];
}

function secondsOf(index: number): number {
  return SECONDS[index % SECONDS.length] ?? 0;
}
