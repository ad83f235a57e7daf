import type { LogLibrary } from '../logs/logLibrary.ts';
import type { PropagatorName } from '../context/propagatorName.ts';
import type { TracingStackOutputs } from '../stackOutputs.ts';
import type { AgentOptions, CollectorCredentials, ExporterKind } from './exporterOptions.ts';
import type { BatchOptions, SpanLimitOptions } from './limitOptions.ts';
import type { SamplerOptions } from './samplerOptions.ts';

/**
 * Options of `createTracing`. Each one is taken from the first of these that gives it: the option itself, the environment
 * variables named below, the strongest first, the stack outputs, the default.
 */
export interface TracingOptions {
  /**
   * Whether tracing is off: nothing is started then, and nothing else is checked.
   *
   * Environment: `OTEL_SDK_DISABLED`, `JAEGER_DISABLED`.
   * @defaultValue false
   */
  readonly disabled?: boolean;
  /**
   * Name of the service, as Jaeger lists it. Required in one of the sources.
   *
   * Environment: `OTEL_SERVICE_NAME`, `service.name` in `OTEL_RESOURCE_ATTRIBUTES`, `JAEGER_SERVICE_NAME`, `service.name`
   * in `JAEGER_TAGS`.
   */
  readonly serviceName?: string;
  /**
   * Attributes of the resource that every span belongs to. Merged by key with those of the environment; the option wins.
   *
   * Environment: `OTEL_RESOURCE_ATTRIBUTES` (`key=value,key=value`, percent-encoded), `JAEGER_TAGS` (`key=value`, where
   * a value may be `${VARIABLE:default}`).
   */
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  /**
   * How spans leave the process. Where no source names it, an endpoint means the exporter that it is for: `collectorUrl`
   * means `jaeger-http` and `otlpEndpoint` means `otlp-http`, or what `OTEL_EXPORTER_OTLP_PROTOCOL` says. Of endpoints
   * among the options, and the address of an agent, more than one is refused.
   *
   * Environment: `TRACEWRIGHT_EXPORTER`, `OTEL_TRACES_EXPORTER` (`jaeger`, `otlp` or `none`). Where neither is set, an
   * address in `OTEL_EXPORTER_JAEGER_ENDPOINT` or `JAEGER_ENDPOINT` means `jaeger-http`; so does
   * `TRACEWRIGHT_COLLECTOR_URL`, and `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` or `OTEL_EXPORTER_OTLP_ENDPOINT` mean OTLP,
   * unless the address of an agent is given.
   * @defaultValue `'jaeger-agent'`
   */
  readonly exporter?: ExporterKind;
  /** Where the Jaeger agent listens; used by `jaeger-agent` and `exporter-jaeger`. */
  readonly agent?: AgentOptions;
  /**
   * The collector's thrift endpoint; used by `jaeger-http` and `exporter-jaeger`.
   *
   * Environment: `TRACEWRIGHT_COLLECTOR_URL`, `OTEL_EXPORTER_JAEGER_ENDPOINT`, `JAEGER_ENDPOINT`.
   * @defaultValue `'http://localhost:14268/api/traces'`
   */
  readonly collectorUrl?: string;
  /**
   * What the collector is shown; used with `collectorUrl`.
   *
   * @defaultValue the user name and password in `collectorUrl`, where it has them
   */
  readonly collectorCredentials?: CollectorCredentials;
  /**
   * Base URL of OTLP, without `/v1/traces`; used by `otlp-http` and `otlp-grpc`.
   *
   * Environment: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` (taken as it is), `OTEL_EXPORTER_OTLP_ENDPOINT`.
   * @defaultValue `'http://localhost:4318'`, over gRPC `'http://localhost:4317'`
   */
  readonly otlpEndpoint?: string;
  /**
   * Headers of every request, by name; used by `otlp-http` and `otlp-grpc`. Values are never printed.
   *
   * Environment: `OTEL_EXPORTER_OTLP_TRACES_HEADERS`, `OTEL_EXPORTER_OTLP_HEADERS` (`name=value,name=value`,
   * percent-encoded).
   */
  readonly otlpHeaders?: Readonly<Record<string, string>>;
  /** Limits of the queue of finished spans. */
  readonly batch?: BatchOptions;
  /** What one span may hold. */
  readonly spanLimits?: SpanLimitOptions;
  /**
   * How the traces that begin in this process are chosen.
   *
   * Environment: `OTEL_TRACES_SAMPLER` with `OTEL_TRACES_SAMPLER_ARG`, `JAEGER_SAMPLER_TYPE` with `JAEGER_SAMPLER_PARAM`;
   * an address in `JAEGER_SAMPLING_ENDPOINT` means `jaeger_remote`, and so does one in the stack outputs.
   * @defaultValue every trace, parent based
   */
  readonly sampler?: SamplerOptions;
  /**
   * The formats in which trace context and baggage travel.
   *
   * Environment: `OTEL_PROPAGATORS` (comma-separated; `none` for none), `JAEGER_PROPAGATION` (`jaeger`, `b3`, `w3c`).
   * @defaultValue `['tracecontext', 'baggage', 'jaeger', 'b3-extract']`
   */
  readonly propagators?: readonly PropagatorName[];
  /**
   * The libraries to instrument: names that the runtime knows, `'default'` for all of these, or others whose
   * instrumentation the application depends on: `'koa'` for `@opentelemetry/instrumentation-koa`, or the name of any
   * package that holds one. An empty list instruments none.
   *
   * Environment: `TRACEWRIGHT_INSTRUMENTATIONS` (comma-separated; `none` for none).
   * @defaultValue all that the runtime knows
   */
  readonly instrumentations?: readonly string[];
  /**
   * The ways of logging whose lines get the IDs of the active span.
   *
   * Environment: `TRACEWRIGHT_LOG_CORRELATION` (comma-separated; `none` for none).
   * @defaultValue `['pino', 'winston']`
   */
  readonly logCorrelation?: readonly LogLibrary[];
  /**
   * Paths of incoming HTTP requests that make no spans, nor does anything done to answer them. Compared without the
   * query string; one that ends in `/*`, such as `/tracewright/*`, stands for itself and all that is beneath it.
   *
   * Environment: `TRACEWRIGHT_IGNORE_PATHS` (comma-separated; `none` for none).
   * @defaultValue `['/healthz', '/livez', '/metrics', '/readyz', '/startupz']`, the paths that Kubernetes' probes and Prometheus usually take
   */
  readonly ignoreIncomingPaths?: readonly string[];
  /**
   * The file that a crash is recorded in, to be reported at the next start; `false` for none.
   *
   * Environment: `TRACEWRIGHT_CRASH_RECORD_FILE` (a path; `none` for none).
   * @defaultValue `tracewright-crash-<service>.json` in the directory for temporary files
   */
  readonly crashRecordFile?: string | false;
  /**
   * How long `stop()` and `flush()` may take, in milliseconds: 1 to 600000.
   *
   * Environment: `TRACEWRIGHT_SHUTDOWN_TIMEOUT_MILLIS`.
   * @defaultValue 5000
   */
  readonly shutdownTimeoutMillis?: number;
  /**
   * Whether SIGTERM and SIGINT flush what is waiting. Where the application has no listener of its own, the signal is
   * raised again afterwards, so that the process ends as it would have without tracing.
   *
   * Environment: `TRACEWRIGHT_HANDLE_SIGNALS` (`true` or `false`).
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
   * Told of lost spans (`SpansDroppedError`: for each reason at the first loss, then in sum at most once a minute) and of
   * what else goes wrong: a flush that ran out of time, a sampling strategy that cannot be had, crash records that cannot
   * be read. What it throws is swallowed: telemetry never fails its host.
   *
   * @defaultValue a process warning of every `SpansDroppedError`; of everything else one at first and then at most one a
   * minute
   */
  readonly onError?: (error: Error) => void;
}
