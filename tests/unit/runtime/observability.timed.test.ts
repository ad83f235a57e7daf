import { type Meter, metrics, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider as SdkMeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError } from '../../../runtime/src/core/configurationError.ts';
import {
  createObservability,
  type Observability,
  type ObservabilityConfig,
} from '../../../runtime/src/observability.ts';
import { observeRequests } from '../../../runtime/src/requests/observeRequests.ts';
import { RequestTracker } from '../../../runtime/src/requests/requestTracker.ts';
import { createTracing } from '../../../runtime/src/tracing/createTracing.ts';
import { TracingAlreadyStartedError } from '../../../runtime/src/tracing/tracingAlreadyStartedError.ts';
import { FakeHost } from '../../support/fakeHost.ts';

const tracingOptions = {
  serviceName: 'orders',
  exporter: 'none',
  instrumentations: [],
  logCorrelation: [],
  crashRecordFile: false,
} as const;
let observability: Observability | undefined;

afterEach(async () => {
  await observability?.stop();
  observability = undefined;
  metrics.disable();
  vi.restoreAllMocks();
});

/** The options that are refused, and what is allowed of each. */
function problemsOf(config: unknown): readonly (readonly string[])[] {
  try {
    createObservability(config as ObservabilityConfig);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ option, allowed }) => [option, allowed]);
    throw error;
  }
  throw new Error('the configuration was not refused');
}

/** An application's meter provider, and the data points of an instrument in it. */
function application() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const provider = new SdkMeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
  const pointsOf = async (name: string): Promise<readonly unknown[]> => {
    exporter.reset();
    await provider.forceFlush();
    return exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })));
  };
  return { provider, pointsOf };
}

describe('createObservability', () => {
  it('gives requests the trace that they are in, a link to it, and the span that has not ended', () => {
    observability = createObservability({
      tracing: tracingOptions,
      requests: { stuckAfterMillis: 1 },
      jaegerUrl: 'https://tracing.example/ui/',
    });
    const { requests } = observability;
    trace.getTracer('test').startActiveSpan('outer', (outer) => {
      const { traceId, spanId } = outer.spanContext();
      const request = requests?.start({ operation: 'place order' });
      expect(requests?.get(request?.id ?? '')).toMatchObject({ traceId, spanId, sampled: true });
      trace.getTracer('test').startActiveSpan('waits for the bank', (inner) => {
        const until = performance.now() + 3;
        while (performance.now() < until);
        expect(requests?.stuck()).toMatchObject([
          { operation: 'place order', lastUnfinishedSpan: { name: 'waits for the bank' } },
        ]);
        inner.end();
      });
      expect(requests?.stuck()).toMatchObject([{ lastUnfinishedSpan: { name: 'outer', spanId } }]);
      request?.process().complete();
      expect(requests?.statistics.slowest()).toMatchObject([
        { traceId, traceUrl: `https://tracing.example/ui/trace/${traceId}` },
      ]);
      outer.end();
    });
  });

  it('takes tracing that runs already, and stops it with the rest', async () => {
    const tracing = createTracing(tracingOptions, { host: new FakeHost() });
    observability = createObservability({ tracing });
    expect(observability.tracing).toBe(tracing);
    expect(() => createObservability({ tracing: tracingOptions })).toThrow(TracingAlreadyStartedError);
    const stopped = observability.stop();
    expect(observability.stop()).toBe(stopped);
    await stopped;
    expect(trace.getTracer('test').startSpan('late').isRecording()).toBe(false);
  });

  it('leaves out what is not wanted', () => {
    observability = createObservability({ tracing: false, requests: false, performance: false });
    const { tracing, requests, performance: monitor } = observability;
    expect([tracing, requests, monitor]).toEqual([undefined, undefined, undefined]);
  });

  it('starts nothing where a part cannot be configured', () => {
    expect(() => createObservability({ tracing: tracingOptions, requests: { maxRequests: 0 } })).toThrow(
      'The observability configuration has 1 problem:\n' +
        '  requests.maxRequests: 0 (options); allowed: a whole number from 1 to 10000000',
    );
    expect(trace.getTracer('test').startSpan('none').isRecording()).toBe(false);
  });

  it('leaves no timer behind where tracing cannot be configured', () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const wrong = { ...tracingOptions, samplr: 'x' };
    expect(() => createObservability({ tracing: wrong })).toThrow('The tracing configuration has 1 problem');
    expect(timers()).toBe(before);
  });

  it.each([true, null, 5, 'on', []])('refuses %j as a part, with whatever else is wrong', (part) => {
    const given: unknown = { tracing: part, requests: part, performance: part, jaegerUrl: part, onError: part };
    expect(problemsOf(given)).toEqual([
      ['tracing', 'options of tracing, tracing that was started already, or false'],
      ['requests', 'options of a request tracker, or false'],
      ['performance', 'options of a performance monitor, or false'],
      ['jaegerUrl', expect.stringContaining('an absolute URL')],
      ['onError', 'a function'],
    ]);
  });

  it.each([null, 5, 'all', true])('refuses %j as a configuration', (config) => {
    expect(problemsOf(config)).toEqual([
      ['options', 'an object with tracing, requests, performance, errors, textRules, jaegerUrl, onError'],
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'https://me:secret@jaeger',
    'https://secret@jaeger',
    'https://:secret@jaeger',
    'https://jaeger/?token=secret',
    'https://jaeger/#secret',
    'jaeger:16686',
    '/jaeger',
    '',
  ])('refuses %s as an address', (jaegerUrl) => {
    expect(() => createObservability({ tracing: false, jaegerUrl })).toThrow(ConfigurationError);
    expect(() => createObservability({ tracing: false, jaegerUrl })).not.toThrow(/secret/);
  });

  it.each([
    ['https://tracing.example', 'https://tracing.example'],
    [' https://tracing.example/ui// ', 'https://tracing.example/ui'],
    ['HTTP://Jaeger:16686/a b', 'http://jaeger:16686/a%20b'],
    ['https://tracing.example/?', 'https://tracing.example'],
    ['https://tracing.example/ui/#', 'https://tracing.example/ui'],
  ])('links to traces at %j', (jaegerUrl, base) => {
    observability = createObservability({ tracing: false, jaegerUrl });
    const traceId = '0123456789abcdef0123456789abcdef';
    const context = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '0123456789abcdef', traceFlags: 1 });
    vi.spyOn(trace, 'getActiveSpan').mockReturnValue(trace.getSpan(context));
    observability.requests?.start({ operation: 'place order' }).process().complete();
    expect(observability.requests?.statistics.slowest()[0]?.traceUrl).toBe(`${base}/trace/${traceId}`);
  });

  it('names an option that it does not know', () => {
    const config = { tracing: false, request: {} } as const;
    expect(() => createObservability(config)).toThrow(
      'request: {} (options); allowed: tracing, requests, performance, errors, textRules, jaegerUrl, onError',
    );
  });

  it("shows requests on the application's meter provider", async () => {
    const { provider, pointsOf } = application();
    metrics.setGlobalMeterProvider(provider);
    observability = createObservability({ tracing: false });
    observability.requests?.start({ operation: 'work' }).process().complete();
    expect(await pointsOf('tracewright.requests.duration')).toHaveLength(1);
  });
});

describe('observeRequests', () => {
  it('counts durations by operation, state and error, and what is unfinished and evicted', async () => {
    const host = new FakeHost();
    const tracker = new RequestTracker({ maxRequests: 3 }, { host });
    const { provider, pointsOf } = application();
    const meter: Meter = provider.getMeter('test');
    const stop = observeRequests(tracker, meter);
    const completed = tracker.start({ operation: 'read' }).process();
    host.advance(250);
    completed.complete();
    tracker.start({ operation: 'read' }).fail({ type: '503' });
    tracker.start({ operation: 'read' }).cancel();
    tracker.start({ operation: 'write' }).process();
    const points = (await pointsOf('tracewright.requests.duration')) as {
      attributes: Record<string, string>;
      value: { count: number; sum: number };
    }[];
    expect(points.map(({ attributes, value: { count, sum } }) => ({ ...attributes, count, sum }))).toEqual([
      { 'tracewright.request.operation': 'read', 'tracewright.request.state': 'completed', count: 1, sum: 0.25 },
      {
        'tracewright.request.operation': 'read',
        'tracewright.request.state': 'failed',
        'error.type': '503',
        count: 1,
        sum: 0,
      },
      {
        'tracewright.request.operation': 'read',
        'tracewright.request.state': 'failed',
        'error.type': 'cancelled',
        count: 1,
        sum: 0,
      },
    ]);
    expect(await pointsOf('tracewright.requests.unfinished')).toEqual([
      { attributes: { 'tracewright.request.state': 'pending' }, value: 0 },
      { attributes: { 'tracewright.request.state': 'processing' }, value: 1 },
    ]);
    expect(await pointsOf('tracewright.requests.evicted')).toContainEqual({
      attributes: { reason: 'count' },
      value: 1,
    });
    stop();
    tracker.start({ operation: 'late' }).process().complete();
    expect(await pointsOf('tracewright.requests.duration')).toHaveLength(3);
    await tracker.stop();
  });
});
