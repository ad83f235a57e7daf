/// <reference lib="esnext.disposable" preserve="true" />
import { metrics } from '@opentelemetry/api';
import { nodeHostProcess } from './core/adapters/nodeHostProcess.ts';
import { followMeterProvider, hasMeterProvider } from './core/followMeterProvider.ts';
import type { Dispose, HostProcess } from './core/hostProcess.ts';
import { INSTRUMENTATION_SCOPE } from './core/instrumentationScope.ts';
import { isRecord } from './core/isRecord.ts';
import { checkOptions, FUNCTION, type OptionKinds, optionProblems } from './core/optionKinds.ts';
import { warnSparingly } from './core/warnSparingly.ts';
import type { MetricsProvider } from './performance/metrics/metricsProvider.ts';
import { PerformanceMonitor } from './performance/performanceMonitor.ts';
import {
  PERFORMANCE_MONITOR_OPTION_KINDS,
  type PerformanceMonitorOptions,
} from './performance/performanceMonitorOptions.ts';
import { observeRequests } from './requests/observeRequests.ts';
import { RequestTracker } from './requests/requestTracker.ts';
import { REQUEST_TRACKER_OPTION_KINDS, type RequestTrackerOptions } from './requests/requestTrackerOptions.ts';
import type { TracingOptions } from './tracing/configuration/tracingOptions.ts';
import { createTracing } from './tracing/createTracing.ts';
import type { Tracing } from './tracing/tracing.ts';

/** What `createObservability` puts together. Every part is optional. */
export interface ObservabilityConfig {
  /**
   * Tracing that was started already (by `@tracewright/runtime/register`), options to start it with, or `false` for none.
   * @defaultValue started with what the environment says
   */
  readonly tracing?: Tracing | TracingOptions | false;
  /**
   * Limits of the request tracker, or `false` for none.
   * @defaultValue a tracker with the defaults of `RequestTrackerOptions`
   */
  readonly requests?: RequestTrackerOptions | false;
  /**
   * What is watched of the process and its machine, or `false` for nothing. Where the application has no meter provider, the
   * monitor's becomes that of the process: whatever is measured through OpenTelemetry's API is in it.
   * @defaultValue a monitor with the defaults of `PerformanceMonitorOptions`
   */
  readonly performance?: PerformanceMonitorOptions | false;
  /**
   * Address of Jaeger's UI as people reach it, such as `https://tracing.example`, perhaps with a path, but without query and
   * fragment: samples of requests then link to their traces.
   * @defaultValue none: samples name trace IDs alone
   */
  readonly jaegerUrl?: string;
  /**
   * Gets what goes wrong where nobody waits for it, in listeners of requests for example.
   * @defaultValue a warning, at most once a minute
   */
  readonly onError?: (error: Error) => void;
}

/** What was put together. */
export interface Observability {
  /** `undefined` where there is none. */
  readonly tracing: Tracing | undefined;
  /** `undefined` where there is none. */
  readonly requests: RequestTracker | undefined;
  /** `undefined` where there is none. */
  readonly performance: PerformanceMonitor | undefined;
  /**
   * Stops all parts, those too that were given; tracing last, so that it sends what the others made. Further calls return
   * the same promise. Never rejects.
   */
  stop(): Promise<void>;
  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Puts the parts of the runtime together: requests know the trace they are in and the span that is not ended, and are shown
 * on the application's meter provider.
 *
 * @throws ConfigurationError with all that is wrong in the configuration, but for the options of tracing, which come with an
 * error of their own; nothing is started then.
 * @throws TracingAlreadyStartedError when options for tracing are given, or nothing, and this process is traced already:
 * give what `@tracewright/runtime/register` exports.
 */
export function createObservability(config: ObservabilityConfig = {}): Observability {
  checkOptions(config, OPTION_KINDS, 'observability');
  const host = nodeHostProcess();
  // First, as it alone may fail after the check: there is nothing then that goes on without it.
  const tracing = startTracing(config.tracing);
  const performance = config.performance === false ? undefined : startPerformance(config, host);
  const requests = config.requests === false ? undefined : createRequests(config, { host, tracing });
  const stopShowing = [
    ...(performance ? [provideMetrics(performance.meterProvider, { tracing, requests })] : []),
    ...(requests ? [followMeterProvider({ observe: (meter) => observeRequests(requests, meter), host })] : []),
  ];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopAll({ stopShowing, requests, performance, tracing }));
  return { tracing, requests, performance, stop, [Symbol.asyncDispose]: stop };
}

interface Started {
  readonly stopShowing: readonly Dispose[];
  readonly requests: RequestTracker | undefined;
  readonly performance: PerformanceMonitor | undefined;
  readonly tracing: Tracing | undefined;
}

async function stopAll({ stopShowing, requests, performance, tracing }: Started): Promise<void> {
  for (const stop of stopShowing) stop();
  await requests?.stop();
  await performance?.stop();
  await tracing?.stop();
}

function startPerformance({ performance, onError }: ObservabilityConfig, host: HostProcess): PerformanceMonitor {
  const monitor = new PerformanceMonitor(performance || {}, { host, onError: onError ?? warnSparingly(host) });
  monitor.start();
  return monitor;
}

/** The application's own provider stays that of the process; what this package measures is then shown on both. */
function provideMetrics(
  provider: MetricsProvider,
  { tracing, requests }: Pick<Started, 'tracing' | 'requests'>,
): Dispose {
  if (hasMeterProvider())
    return requests ? observeRequests(requests, provider.getMeter(INSTRUMENTATION_SCOPE)) : () => undefined;
  metrics.setGlobalMeterProvider(provider);
  tracing?.useMeterProvider(provider);
  return () => {
    // The application may have put its own in the place.
    if (metrics.getMeterProvider() === provider) metrics.disable();
  };
}

function createRequests(
  { requests, onError, jaegerUrl }: ObservabilityConfig,
  { host, tracing }: { readonly host: HostProcess; readonly tracing: Tracing | undefined },
): RequestTracker {
  return new RequestTracker(requests || {}, {
    host,
    onError: onError ?? warnSparingly(host),
    traceUrl: traceUrls(jaegerUrl),
    ...(tracing && { lastUnfinishedSpan: tracing.watchUnfinishedSpans() }),
  });
}

function startTracing(given: ObservabilityConfig['tracing']): Tracing | undefined {
  if (given === false) return undefined;
  return isTracing(given) ? given : createTracing(given);
}

function isTracing(given: Tracing | TracingOptions | undefined): given is Tracing {
  return given !== undefined && 'watchUnfinishedSpans' in given;
}

function traceUrls(jaegerUrl: string | undefined): (traceId: string) => string | undefined {
  if (jaegerUrl === undefined) return () => undefined;
  const { origin, pathname } = new URL(jaegerUrl);
  const base = `${origin}${pathname.replace(/\/+$/, '')}`;
  return (traceId) => `${base}/trace/${traceId}`;
}

const OPTION_KINDS: OptionKinds<ObservabilityConfig> = {
  tracing: {
    allowed: 'options of tracing, tracing that was started already, or false',
    accepts: (value) => value === false || isRecord(value),
  },
  requests: {
    allowed: 'options of a request tracker, or false',
    accepts: (value) => value === false || isRecord(value),
    problemsIn: (value, option) => (value === false ? [] : optionProblems(value, REQUEST_TRACKER_OPTION_KINDS, option)),
  },
  performance: {
    allowed: 'options of a performance monitor, or false',
    accepts: (value) => value === false || isRecord(value),
    problemsIn: (value, option) =>
      value === false ? [] : optionProblems(value, PERFORMANCE_MONITOR_OPTION_KINDS, option),
  },
  jaegerUrl: {
    allowed: 'an absolute URL that begins with http:// or https://, without user name, password, query and fragment',
    accepts: isPlainUrl,
    shown: (value) => (typeof value === 'string' ? `a text of ${value.length} characters` : typeof value),
  },
  onError: FUNCTION,
};

/** It is shown to people and to browsers, so that it holds neither a secret nor a script; a path is put at its end. */
function isPlainUrl(text: unknown): boolean {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}
