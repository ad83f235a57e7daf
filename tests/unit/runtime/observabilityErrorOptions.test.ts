import { metrics } from '@opentelemetry/api';
import process from 'node:process';
import { afterEach, expect, it, vi } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { MetricsProvider } from '../../../runtime/src/performance/metrics/metricsProvider.ts';
import { createTracing } from '../../../runtime/src/tracing/createTracing.ts';
import { FakeHost } from '../../support/fakeHost.ts';

let observability: Observability | undefined;

afterEach(async () => {
  await observability?.stop();
  observability = undefined;
  metrics.disable();
  vi.restoreAllMocks();
});

function started(config: Parameters<typeof createObservability>[0] = {}): Observability {
  observability = createObservability({ tracing: false, performance: false, ...config });
  return observability;
}

/** With traces of an application of this version. */
function tracedIn(version: string) {
  return createTracing(
    {
      serviceName: 'orders',
      resourceAttributes: { 'service.version': version },
      exporter: 'none',
      instrumentations: [],
      logCorrelation: [],
      crashRecordFile: false,
    },
    { host: new FakeHost() },
  );
}

it.each([
  ['1.4.0', undefined, '1.4.0'],
  ['1.4.0', '2.0.0', '2.0.0'],
  ['', undefined, undefined],
  ['', '2.0.0', '2.0.0'],
])('the release of errors in %j, where %j is given, is %j', (version, release, expected) => {
  const { errors } = started({ tracing: tracedIn(version), errors: { ...(release && { release }) } });
  expect(errors?.config.release).toBe(expected);
});

it('what goes wrong while errors are captured is told as all else', () => {
  const told: string[] = [];
  const { errors } = started({ onError: ({ message }) => told.push(message) });
  errors?.listen({
    appeared: () => {
      throw new Error('a broken listener');
    },
  });
  errors?.capture(new Error('sold out'));
  expect(told).toEqual(['a broken listener']);
});

it('who gives no onError is warned once in a minute, whichever part something goes wrong in', () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const { errors, requests } = started();
  const broken = (): never => {
    throw new Error('a broken listener');
  };
  errors?.listen({ appeared: broken });
  requests?.listen({ started: broken });
  errors?.capture(new Error('sold out'));
  requests?.start({ operation: 'place order' });
  expect(warned.mock.calls.map(([warning]) => String(warning))).toEqual(['Error: a broken listener']);
});

it('what nobody catches is listened for until all is stopped', async () => {
  const listeners = (): number => process.listenerCount('uncaughtExceptionMonitor');
  const before = listeners();
  const running = started();
  expect(listeners()).toBeGreaterThan(before);
  await running.stop();
  expect(listeners()).toBe(before);
});

it.each([
  ['the monitor and the application', { system: false }, 1],
  ['the application alone', false, undefined],
] as const)('errors are shown as metrics of %s until all is stopped', async (_, performance, ofMonitor) => {
  const own = new MetricsProvider({ host: new FakeHost(), onError: () => undefined });
  metrics.setGlobalMeterProvider(own);
  const running = started({ performance });
  running.errors?.capture(new Error('sold out'));
  const kept = async (provider: MetricsProvider | undefined): Promise<unknown> => {
    const metric = (await provider?.collect())?.find(({ name }) => name === 'tracewright.errors.groups');
    return metric?.points.map((point) => 'value' in point && point.value)[0];
  };
  expect(await kept(own)).toBe(1);
  expect(await kept(running.performance?.meterProvider)).toBe(ofMonitor);
  await running.stop();
  expect(await kept(own)).toBeUndefined();
});
