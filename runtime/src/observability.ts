/// <reference lib="esnext.disposable" preserve="true" />
import { nodeHostProcess } from './core/adapters/nodeHostProcess.ts';
import { ConfigurationError, type ConfigurationProblem } from './core/configurationError.ts';
import { followMeterProvider } from './core/followMeterProvider.ts';
import type { Dispose } from './core/hostProcess.ts';
import { redactedText } from './core/redaction.ts';
import { warnSparingly } from './core/warnSparingly.ts';
import { observeRequests } from './requests/observeRequests.ts';
import { RequestTracker } from './requests/requestTracker.ts';
import type { RequestTrackerPorts } from './requests/trackerPorts.ts';
import type { RequestTrackerOptions } from './requests/requestTrackerOptions.ts';
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
   * Address of Jaeger's UI as people reach it, such as `https://tracing.example`: samples of requests then link to their
   * traces.
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
 * @throws ConfigurationError with what is wrong in the configuration; nothing is started then.
 * @throws TracingAlreadyStartedError when options for tracing are given, or nothing, and this process is traced already:
 * give what `@tracewright/runtime/register` exports.
 */
export function createObservability(config: ObservabilityConfig = {}): Observability {
  checkConfig(config);
  const host = nodeHostProcess();
  const watched: { lastUnfinishedSpan?: ReturnType<Tracing['watchUnfinishedSpans']> } = {};
  const requests = createRequests(config, {
    host,
    onError: config.onError ?? warnSparingly(host),
    traceUrl: traceUrls(config.jaegerUrl),
    lastUnfinishedSpan: (traceId) => watched.lastUnfinishedSpan?.(traceId),
  });
  const tracing = startTracing(config, requests);
  if (requests !== undefined && tracing !== undefined) watched.lastUnfinishedSpan = tracing.watchUnfinishedSpans();
  const stopShowing = requests && followMeterProvider({ observe: (meter) => observeRequests(requests, meter), host });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopAll({ stopShowing, requests, tracing }));
  return { tracing, requests, stop, [Symbol.asyncDispose]: stop };
}

interface Started {
  readonly stopShowing: Dispose | undefined;
  readonly requests: RequestTracker | undefined;
  readonly tracing: Tracing | undefined;
}

async function stopAll({ stopShowing, requests, tracing }: Started): Promise<void> {
  stopShowing?.();
  await requests?.stop();
  await tracing?.stop();
}

function createRequests(
  { requests }: ObservabilityConfig,
  ports: Partial<RequestTrackerPorts>,
): RequestTracker | undefined {
  return requests === false ? undefined : new RequestTracker(requests, ports);
}

/** Where tracing cannot be started, nothing else goes on either. */
function startTracing({ tracing }: ObservabilityConfig, requests: RequestTracker | undefined): Tracing | undefined {
  if (tracing === false) return undefined;
  if (isTracing(tracing)) return tracing;
  try {
    return createTracing(tracing);
  } catch (error) {
    void requests?.stop();
    throw error;
  }
}

function isTracing(given: Tracing | TracingOptions | undefined): given is Tracing {
  return given !== undefined && 'watchUnfinishedSpans' in given;
}

function traceUrls(jaegerUrl: string | undefined): (traceId: string) => string | undefined {
  if (jaegerUrl === undefined) return () => undefined;
  const base = jaegerUrl.replace(/\/+$/, '');
  return (traceId) => `${base}/trace/${traceId}`;
}

const OPTIONS = ['tracing', 'requests', 'jaegerUrl', 'onError'];

/** @throws ConfigurationError */
function checkConfig(config: ObservabilityConfig): void {
  const problems: ConfigurationProblem[] = Object.keys(config)
    .filter((option) => !OPTIONS.includes(option))
    .map((option) => ({
      option,
      value: redactedText(Reflect.get(config, option)),
      source: 'options',
      allowed: OPTIONS.join(', '),
    }));
  const { jaegerUrl } = config;
  if (jaegerUrl !== undefined && !isPlainUrl(jaegerUrl))
    problems.push({
      option: 'jaegerUrl',
      value: typeof jaegerUrl === 'string' ? `a text of ${String(jaegerUrl).length} characters` : typeof jaegerUrl,
      source: 'options',
      allowed: 'an absolute URL that begins with http:// or https://, without a user name and a password',
    });
  if (problems.length > 0) throw new ConfigurationError(problems, 'observability');
}

/** It is shown to people and to browsers, so that it holds neither a secret nor a script. */
function isPlainUrl(text: unknown): text is string {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
