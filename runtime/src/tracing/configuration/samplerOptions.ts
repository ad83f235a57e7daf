/** How the traces that begin in this process are chosen. */
export type SamplerOptions =
  ConstantSamplerOptions | RatioSamplerOptions | RateLimitingSamplerOptions | JaegerRemoteSamplerOptions;

/** What every sampler has. */
export interface ParentBasedOption {
  /**
   * Whether a span with a parent, here or in another process, is sampled exactly when the parent is. Without it the
   * sampler is asked for every span, and traces have gaps.
   *
   * @defaultValue true
   */
  readonly parentBased?: boolean;
}

/** Every trace, or none. */
export interface ConstantSamplerOptions extends ParentBasedOption {
  readonly kind: 'always_on' | 'always_off';
}

/** A fixed share of traces, by trace ID. */
export interface RatioSamplerOptions extends ParentBasedOption {
  readonly kind: 'traceidratio';
  /** Share of traces, 0 to 1. */
  readonly ratio: number;
}

/** A number of traces per second in this process. */
export interface RateLimitingSamplerOptions extends ParentBasedOption {
  readonly kind: 'ratelimiting';
  /** At least 0. Below 1 it is one trace every so many seconds: 0.1 is one in ten. */
  readonly maxTracesPerSecond: number;
}

/** What Jaeger's agent or collector says for this service, asked for again and again. */
export interface JaegerRemoteSamplerOptions extends ParentBasedOption {
  readonly kind: 'jaeger_remote';
  /**
   * Where the strategies are served: `http://localhost:5778/sampling` of an agent,
   * `http://jaeger-collector:14268/api/sampling` of a collector. The service's name is added to its query.
   *
   * Environment: `endpoint=` in `OTEL_TRACES_SAMPLER_ARG`, `JAEGER_SAMPLING_ENDPOINT`,
   * `JAEGER_SAMPLER_MANAGER_HOST_PORT` (`host:port`).
   * @defaultValue port 5778 of `agent.host`
   */
  readonly url?: string;
  /**
   * Time between two questions, in milliseconds: 1 to 86400000. Each is shortened or lengthened at random by up to a tenth.
   *
   * Environment: `pollingIntervalMs=` in `OTEL_TRACES_SAMPLER_ARG`.
   * @defaultValue 60000
   */
  readonly pollingIntervalMillis?: number;
  /**
   * Share of traces until the first answer, 0 to 1.
   *
   * Environment: `initialSamplingRate=` in `OTEL_TRACES_SAMPLER_ARG`, `JAEGER_SAMPLER_PARAM`.
   * @defaultValue 1
   */
  readonly initialSampleRatio?: number;
}
