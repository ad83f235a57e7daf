/**
 * How the traces that begin in this process are chosen, complete and checked.
 *
 * With `parentBased` true, a span with a parent, here or in another process, is sampled exactly when the parent is, and
 * the sampler is asked for root spans only. With false it is asked for every span.
 */
export type SamplerConfig =
  ConstantSamplerConfig | RatioSamplerConfig | RateLimitingSamplerConfig | JaegerRemoteSamplerConfig;

/** Every trace, or none. */
export interface ConstantSamplerConfig {
  readonly kind: 'always_on' | 'always_off';
  readonly parentBased: boolean;
}

/** A fixed share of traces, by trace ID. */
export interface RatioSamplerConfig {
  readonly kind: 'traceidratio';
  /**
   * Share of traces, 0 to 1. Shares far below a millionth hold too. The same trace ID is decided as in Jaeger's clients,
   * which is not how OpenTelemetry's other languages decide it: across these, the parent's decision has to be taken over.
   */
  readonly ratio: number;
  readonly parentBased: boolean;
}

/** A number of traces per second in this process. */
export interface RateLimitingSamplerConfig {
  readonly kind: 'ratelimiting';
  /** Finite, at least 0. Below 1 it is one trace every so many seconds: 0.1 is one in ten. */
  readonly maxTracesPerSecond: number;
  readonly parentBased: boolean;
}

/** What Jaeger's agent or collector says for this service, asked for again and again. */
export interface JaegerRemoteSamplerConfig {
  readonly kind: 'jaeger_remote';
  /**
   * Where the strategies are served, `http:` or `https:`: `http://localhost:5778/sampling` of an agent,
   * `http://jaeger-collector:14268/api/sampling` of a collector. The service's name is added to its query.
   */
  readonly url: string;
  /** Time between two questions, in milliseconds, a whole number from 1. Each is shortened or lengthened at random by up to a tenth. */
  readonly pollingIntervalMillis: number;
  /** Share of traces until the first answer, 0 to 1. See `DEFAULT_INITIAL_SAMPLE_RATIO`. */
  readonly initialSampleRatio: number;
  readonly parentBased: boolean;
}

/** Time between two questions for the strategy where none is configured: a minute, as in Jaeger's own clients. */
export const DEFAULT_POLLING_INTERVAL_MILLIS = 60_000;

/**
 * Share of traces until Jaeger's first answer where none is configured: all of them.
 *
 * The first question is asked at once, so this share holds for milliseconds where Jaeger is there. It matters most where
 * Jaeger is not: a developer who starts a service before Jaeger, or without a strategies file, looks for the first
 * trace, and the 0.001 of Jaeger's clients shows none. A service whose load forbids that sets a lower share.
 */
export const DEFAULT_INITIAL_SAMPLE_RATIO = 1;
