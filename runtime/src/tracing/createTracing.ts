import { propagation, type TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { nodeHostProcess } from '../core/adapters/nodeHostProcess.ts';
import type { HostProcess } from '../core/hostProcess.ts';
import { warnSparingly } from '../core/warnSparingly.ts';
import { createSpanExporter } from './adapters/createSpanExporter.ts';
import { createInstrumentations } from './createInstrumentations.ts';
import { GuardedSpanExporter } from './guardedSpanExporter.ts';
import { parseTracingConfig } from './configuration/parseTracingConfig.ts';
import { readTracingSources } from './configuration/readTracingSources.ts';
import { RunningTracing } from './runningTracing.ts';
import type { Tracing } from './tracing.ts';
import { TracingAlreadyStartedError } from './tracingAlreadyStartedError.ts';
import type { ExporterConfig } from './export/exporterConfig.ts';
import type { BatchLimits, TracingConfig } from './configuration/tracingConfig.ts';
import type { TracingOptions } from './configuration/tracingOptions.ts';

/** What tracing needs from outside; each has a real default. */
export interface TracingPorts {
  /** The process: environment, clock, signals. */
  readonly host: HostProcess;
  /** Makes what sends the spans. */
  readonly createExporter: (config: ExporterConfig, batch: BatchLimits) => SpanExporter;
}

/**
 * Starts tracing in this process: a tracer provider with the service's resource, a bounded batch processor, an exporter,
 * W3C trace context and baggage propagation, and the instrumentations.
 *
 * Libraries that were loaded before are not instrumented: call it first, or use `node --import
 * @tracewright/runtime/register`, which also reaches ES modules.
 *
 * The sampler is OpenTelemetry's: `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`, by default every trace that its
 * caller sampled or that begins here. With `OTEL_SDK_DISABLED=true` nothing is started or checked.
 *
 * @throws ConfigurationError with every problem of the configuration at once.
 * @throws TracingAlreadyStartedError when this process has a tracer provider already.
 */
export function createTracing(options: TracingOptions = {}, ports: Partial<TracingPorts> = {}): Tracing {
  const host = ports.host ?? nodeHostProcess();
  if (host.environment['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') return disabledTracing();
  const config = parseTracingConfig(readTracingSources(options, host));
  if (!propagation.setGlobalPropagator(w3cPropagator())) throw new TracingAlreadyStartedError();
  const onError = neverThrowing(options.onError ?? warnSparingly(host));
  const exporter = guardedExporter(
    config,
    { host, createExporter: ports.createExporter ?? createSpanExporter },
    onError,
  );
  const processor = new BatchSpanProcessor({ exporter, ...config.batch });
  const instrumentations = createInstrumentations(config);
  const sdk = new NodeSDK({
    resource: resourceOf(config),
    autoDetectResources: false,
    spanProcessors: [processor],
    // Set above, where it tells whether the process is traced already; the SDK would not say.
    textMapPropagator: null,
    instrumentations,
    // Left out, the SDK would send metrics and logs over OTLP to localhost.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  return new RunningTracing({ config, sdk, processor, exporter, instrumentations, host, onError });
}

function guardedExporter(
  config: TracingConfig,
  { host, createExporter }: TracingPorts,
  onError: (error: Error) => void,
): GuardedSpanExporter {
  const { maxQueueSize, maxExportBatchSize, exportTimeoutMillis } = config.batch;
  return new GuardedSpanExporter({
    exporter: createExporter(config.exporter, config.batch),
    destination: describeDestination(config.exporter),
    timeoutMillis: exportTimeoutMillis,
    // A full queue that is flushed at once, and one batch that left on schedule before it.
    maxPendingBatches: Math.ceil(maxQueueSize / maxExportBatchSize) + 1,
    onError,
    host,
  });
}

function describeDestination(exporter: ExporterConfig): string {
  return exporter.kind === 'jaeger-agent' ? `the Jaeger agent at ${exporter.host}:${exporter.port}` : exporter.url;
}

// exporter-jaeger repeats the resource's attributes on every span: nothing is added that nobody asked for.
function resourceOf({ serviceName, resourceAttributes }: TracingConfig): Resource {
  return defaultResource().merge(resourceFromAttributes({ ...resourceAttributes, [ATTR_SERVICE_NAME]: serviceName }));
}

function w3cPropagator(): TextMapPropagator {
  return new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] });
}

function neverThrowing(onError: (error: Error) => void): (error: Error) => void {
  return (error) => {
    try {
      onError(error);
    } catch {
      // Telemetry never fails its host, and there is nobody left to tell.
    }
  };
}

function disabledTracing(): Tracing {
  const nothing = (): Promise<void> => Promise.resolve();
  return { config: undefined, flush: nothing, shutdown: nothing, [Symbol.asyncDispose]: nothing };
}
