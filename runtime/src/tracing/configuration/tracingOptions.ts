import type { InstrumentationName } from '../instrumentationName.ts';
import type { TracingStackOutputs } from '../stackOutputs.ts';

/** How spans leave the process. */
export type ExporterKind = 'jaeger-agent' | 'jaeger-http' | 'otlp';

/**
 * Options of `createTracing`. Each one is taken from the first of these that gives it: the option itself, the stack
 * outputs, the environment variable named below, the default.
 */
export interface TracingOptions {
  /**
   * Name of the service, as Jaeger lists it. Required in one of the sources.
   *
   * Environment: `OTEL_SERVICE_NAME`, then `service.name` in `OTEL_RESOURCE_ATTRIBUTES`.
   */
  readonly serviceName?: string;
  /**
   * Attributes of the resource that every span belongs to. Merged by key with those of the environment; the option wins.
   *
   * Environment: `OTEL_RESOURCE_ATTRIBUTES` (`key=value,key=value`, percent-encoded).
   */
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  /**
   * How spans leave the process: over UDP to the Jaeger agent, over HTTP to the collector's thrift endpoint, or as OTLP
   * over HTTP.
   *
   * Environment: `TRACEWRIGHT_EXPORTER`.
   * @defaultValue `'jaeger-agent'`
   */
  readonly exporter?: ExporterKind;
  /** Where the Jaeger agent listens; used by `jaeger-agent`. */
  readonly agent?: AgentOptions;
  /**
   * The collector's thrift endpoint; used by `jaeger-http`.
   *
   * Environment: `TRACEWRIGHT_COLLECTOR_URL`.
   * @defaultValue `'http://localhost:14268/api/traces'`
   */
  readonly collectorUrl?: string;
  /**
   * Base URL of OTLP over HTTP, without `/v1/traces`; used by `otlp`.
   *
   * Environment: `OTEL_EXPORTER_OTLP_ENDPOINT`.
   * @defaultValue `'http://localhost:4318'`
   */
  readonly otlpEndpoint?: string;
  /** Limits of the batch span processor. */
  readonly batch?: BatchOptions;
  /**
   * The libraries to instrument. An empty list instruments none.
   *
   * Environment: `TRACEWRIGHT_INSTRUMENTATIONS` (comma-separated; `none` for none).
   * @defaultValue all of them
   */
  readonly instrumentations?: readonly InstrumentationName[];
  /**
   * Paths of incoming HTTP requests that make no spans, nor does anything done to answer them. Compared without the
   * query string.
   *
   * Environment: `TRACEWRIGHT_IGNORE_PATHS` (comma-separated).
   * @defaultValue `['/healthz', '/livez', '/readyz', '/startupz']`, the paths that Kubernetes' probes usually take
   */
  readonly ignoreIncomingPaths?: readonly string[];
  /**
   * How long `shutdown()` may take, in milliseconds: 1 to 600000.
   *
   * Environment: `TRACEWRIGHT_SHUTDOWN_TIMEOUT_MILLIS`.
   * @defaultValue 5000
   */
  readonly shutdownTimeoutMillis?: number;
  /**
   * Whether SIGTERM and SIGINT flush what is waiting. Where the application has no listener of its own, the signal is
   * raised again afterwards, so that the process ends as it would have without tracing.
   *
   * @defaultValue true
   */
  readonly handleSignals?: boolean;
  /**
   * The stack's outputs, or the path of a JSON file that holds them (`pulumi stack output --json`).
   *
   * Environment: `TRACEWRIGHT_STACK_OUTPUTS_FILE` (a path).
   */
  readonly stackOutputs?: TracingStackOutputs | string;
  /**
   * Told of every batch that could not be handed over and of a shutdown that ran out of time. What it throws is
   * swallowed: telemetry never fails its host.
   *
   * @defaultValue a process warning at the first error and then at most one a minute
   */
  readonly onError?: (error: Error) => void;
}

/** Where the Jaeger agent listens. */
export interface AgentOptions {
  /**
   * Host name or IPv4 address. It is resolved anew for every packet.
   *
   * Environment: `TRACEWRIGHT_AGENT_HOST`.
   * @defaultValue `'localhost'`
   */
  readonly host?: string;
  /**
   * UDP port of the agent's binary thrift protocol: 1 to 65535, but not 6831, which speaks the compact protocol.
   *
   * Environment: `TRACEWRIGHT_AGENT_PORT`.
   * @defaultValue 6832
   */
  readonly port?: number;
  /**
   * The largest packet, in bytes: 1000 to 65000. A single span that is larger is lost, and with it the rest of its
   * batch.
   *
   * Environment: `TRACEWRIGHT_AGENT_MAX_PACKET_BYTES`.
   * @defaultValue 65000, the largest that the agent takes
   */
  readonly maxPacketBytes?: number;
}

/** Limits of the batch span processor. Defaults are OpenTelemetry's. */
export interface BatchOptions {
  /**
   * How many finished spans wait at most; more are dropped. 1 to 1000000.
   *
   * Environment: `OTEL_BSP_MAX_QUEUE_SIZE`.
   * @defaultValue 2048
   */
  readonly maxQueueSize?: number;
  /**
   * How many spans leave at once at most: 1 to `maxQueueSize`.
   *
   * Environment: `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`.
   * @defaultValue 512, or `maxQueueSize` where that is smaller
   */
  readonly maxExportBatchSize?: number;
  /**
   * How long a span waits at most before it leaves, in milliseconds: 1 to 600000.
   *
   * Environment: `OTEL_BSP_SCHEDULE_DELAY`.
   * @defaultValue 5000
   */
  readonly scheduledDelayMillis?: number;
  /**
   * How long the export of one batch may take, in milliseconds: 1 to 600000.
   *
   * Environment: `OTEL_BSP_EXPORT_TIMEOUT`.
   * @defaultValue 30000
   */
  readonly exportTimeoutMillis?: number;
}
