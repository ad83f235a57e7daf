/// <reference lib="esnext.disposable" preserve="true" />
import { metrics } from '@opentelemetry/api';
import { ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { nodeHostProcess } from './core/adapters/nodeHostProcess.ts';
import { followMeterProvider, hasMeterProvider } from './core/followMeterProvider.ts';
import type { Dispose, HostProcess } from './core/hostProcess.ts';
import { INSTRUMENTATION_SCOPE } from './core/instrumentationScope.ts';
import { isRecord } from './core/isRecord.ts';
import { checkOptions, FUNCTION, type OptionKinds, optionProblems, PLAIN_URL } from './core/optionKinds.ts';
import { TEXT_RULES, TextRedactor, type TextRule } from './core/textRedactor.ts';
import { warnSparingly } from './core/warnSparingly.ts';
import type { MetricsProvider } from './performance/metrics/metricsProvider.ts';
import { PerformanceMonitor } from './performance/performanceMonitor.ts';
import {
  PERFORMANCE_MONITOR_OPTION_KINDS,
  type PerformanceMonitorOptions,
} from './performance/performanceMonitorOptions.ts';
import { ErrorTracker } from './errors/errorTracker.ts';
import { ERROR_TRACKER_OPTION_KINDS, type ErrorTrackerOptions } from './errors/errorTrackerOptions.ts';
import { ReportedErrors } from './errors/logs/reportedErrors.ts';
import { watchLoggers } from './errors/logs/watchLoggers.ts';
import { observeErrors } from './errors/observeErrors.ts';
import { observeRequests } from './requests/observeRequests.ts';
import { RequestTracker } from './requests/requestTracker.ts';
import { REQUEST_TRACKER_OPTION_KINDS, type RequestTrackerOptions } from './requests/requestTrackerOptions.ts';
import type { TracingOptions } from './tracing/configuration/tracingOptions.ts';
import { createTracing } from './tracing/createTracing.ts';
import type { Tracing } from './tracing/tracing.ts';
import { currentErrorRequest, watchErrors } from './watchErrors.ts';

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
   * Limits and rules of the error tracker, or `false` for none. It captures what spans record, what requests fail with, what
   * is logged as an error and what nobody catches, by itself.
   * @defaultValue a tracker with the defaults of `ErrorTrackerOptions`
   */
  readonly errors?: ErrorTrackerOptions | false;
  /**
   * Rules of the application's own that take out what must not be kept, beside the runtime's: of errors and what is shown with
   * them, crash records, notes on groups; of names, attributes, events, links and status of every span; of operations,
   * attributes and types of failures of requests; of attributes of metrics. IDs of requests, users and agents are kept as they
   * are given. Where a rule fails, the whole of the text is `[redacted]`. What was recorded before is as it was.
   * @defaultValue none
   */
  readonly textRules?: readonly TextRule[];
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
  /** `undefined` where there is none. */
  readonly errors: ErrorTracker | undefined;
  /**
   * Stops all parts, those too that were given; tracing last, so that it sends what the others made. What pushes or serves
   * metrics is stopped before: there are none afterwards. Further calls return the same promise. Never rejects.
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
  const onError = config.onError ?? warnSparingly(host);
  const problems = new ReportedErrors(onError, host);
  const textRedactor = new TextRedactor({ rules: config.textRules ?? [], onError: problems.report });
  // First, as it alone may fail after the check: there is nothing then that goes on without it.
  const tracing = startTracing(config.tracing);
  // Without rules there is nothing to say, and tracing that was started before may have been told of others.
  if (textRedactor.hasOwnRules) tracing?.useTextRedactor(textRedactor);
  const shared = { host, onError, tracing, textRedactor };
  const performance = config.performance === false ? undefined : startPerformance(config, shared);
  const requests = config.requests === false ? undefined : createRequests(config, shared);
  const errors = config.errors === false ? undefined : createErrors(config, { ...shared, requests, problems });
  const stopShowing = [
    ...(errors ? [watchErrors(errors, { tracing, requests }), watchLoggers({ errors, problems })] : []),
    ...(performance ? [provideMetrics(performance.meterProvider, { tracing, requests, errors })] : []),
    ...(requests ? [followMeterProvider({ observe: (meter) => observeRequests(requests, meter), host })] : []),
    ...(errors ? [followMeterProvider({ observe: (meter) => observeErrors(errors, meter), host })] : []),
  ];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopAll({ stopShowing, requests, performance, errors, tracing }));
  return { tracing, requests, performance, errors, stop, [Symbol.asyncDispose]: stop };
}

/** What several parts are made with. */
interface Shared {
  readonly host: HostProcess;
  readonly onError: (error: Error) => void;
  readonly tracing: Tracing | undefined;
  readonly textRedactor: TextRedactor;
}

interface Started {
  readonly stopShowing: readonly Dispose[];
  readonly requests: RequestTracker | undefined;
  readonly performance: PerformanceMonitor | undefined;
  readonly errors: ErrorTracker | undefined;
  readonly tracing: Tracing | undefined;
}

async function stopAll({ stopShowing, requests, performance, errors, tracing }: Started): Promise<void> {
  for (const stop of stopShowing) stop();
  await requests?.stop();
  await errors?.stop();
  await performance?.stop();
  // Instruments that libraries hold go on; nobody reads any more what they would measure.
  performance?.meterProvider.shutdown();
  await tracing?.stop();
}

function startPerformance(
  { performance }: ObservabilityConfig,
  { host, onError, tracing, textRedactor }: Shared,
): PerformanceMonitor {
  const monitor = new PerformanceMonitor(performance || {}, {
    host,
    onError,
    textRedactor,
    resource: tracing?.resource,
  });
  monitor.start();
  return monitor;
}

/** The application's own provider stays that of the process; what this package measures is then shown on both. */
function provideMetrics(
  provider: MetricsProvider,
  { tracing, requests, errors }: Pick<Started, 'tracing' | 'requests' | 'errors'>,
): Dispose {
  if (hasMeterProvider()) {
    const meter = provider.getMeter(INSTRUMENTATION_SCOPE);
    const ends = [requests && observeRequests(requests, meter), errors && observeErrors(errors, meter)];
    return () => {
      for (const end of ends) end?.();
    };
  }
  metrics.setGlobalMeterProvider(provider);
  tracing?.useMeterProvider(provider);
  return () => {
    // The application may have put its own in the place.
    if (metrics.getMeterProvider() === provider) metrics.disable();
  };
}

function createRequests(
  { requests, jaegerUrl }: ObservabilityConfig,
  { host, onError, tracing, textRedactor }: Shared,
): RequestTracker {
  return new RequestTracker(requests || {}, {
    host,
    onError,
    textRedactor,
    traceUrl: traceUrls(jaegerUrl),
    ...(tracing && { lastUnfinishedSpan: tracing.watchUnfinishedSpans() }),
  });
}

function createErrors(
  { errors }: ObservabilityConfig,
  {
    host,
    tracing,
    textRedactor,
    requests,
    problems,
  }: Shared & { readonly problems: ReportedErrors; readonly requests: RequestTracker | undefined },
): ErrorTracker {
  const version = tracing?.resource?.attributes[ATTR_SERVICE_VERSION];
  const release = typeof version === 'string' && version !== '' ? { release: version } : {};
  return new ErrorTracker(
    { ...release, ...(errors || {}) },
    {
      host,
      onError: problems.report,
      textRedactor,
      ...(requests && { currentRequest: () => currentErrorRequest(requests) }),
    },
  );
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
  errors: {
    allowed: 'options of an error tracker, or false',
    accepts: (value) => value === false || isRecord(value),
    problemsIn: (value, option) => (value === false ? [] : optionProblems(value, ERROR_TRACKER_OPTION_KINDS, option)),
  },
  textRules: TEXT_RULES,
  jaegerUrl: PLAIN_URL,
  onError: FUNCTION,
};
