import { ConstantSampler } from './constantSampler.ts';
import { EverySpanSampler } from './everySpanSampler.ts';
import { JaegerRemoteSampler, type JaegerRemoteSamplerParts } from './jaegerRemoteSampler.ts';
import { ParentBasedSampler } from './parentBasedSampler.ts';
import { ProbabilisticSampler } from './probabilisticSampler.ts';
import { RateLimitingSampler } from './rateLimitingSampler.ts';
import type { RootSampler } from './rootSampler.ts';
import type { SamplerConfig } from './samplerConfig.ts';

/** What samplers need beside their configuration. */
export type SamplerSurroundings = Pick<JaegerRemoteSamplerParts, 'serviceName' | 'onError' | 'ports'>;

/** A sampler, and what a tracer provider has to know of it. */
export interface SamplerHandle {
  /** Decides on every span, by what is in its context, its trace ID and its name. */
  readonly sampler: RootSampler;
  /** Decides on spans without a parent. Needs no more than their trace ID and name. */
  readonly root: RootSampler;
  /** Whether a span with a parent is always sampled exactly when the parent is: `root` need not be asked then. */
  readonly parentBased: boolean;
  /**
   * Begins to ask Jaeger, where the configuration says so. To be called once OpenTelemetry's context manager is set: the
   * question would be traced otherwise. Idempotent.
   */
  start(): void;
  /** Ends that; what is in force stays so. Idempotent. */
  stop(): void;
  /** What is in force at this moment, for a person; without credentials. */
  describe(): string;
}

/** The sampler of a configuration. Nothing is asked of anybody before `start()`. */
export function createSampler(config: SamplerConfig, surroundings: SamplerSurroundings): SamplerHandle {
  if (config.kind !== 'jaeger_remote') return handleOf(localSampler(config, surroundings), config.parentBased);
  const remote = new JaegerRemoteSampler({ ...config, ...surroundings });
  return {
    ...handleOf(remote, config.parentBased),
    start: () => remote.start(),
    stop: () => remote.stop(),
  };
}

function localSampler(
  config: Exclude<SamplerConfig, { kind: 'jaeger_remote' }>,
  { ports }: SamplerSurroundings,
): RootSampler {
  switch (config.kind) {
    case 'always_on':
    case 'always_off':
      return new ConstantSampler(config.kind === 'always_on');
    case 'traceidratio':
      return new ProbabilisticSampler(config.ratio);
    case 'ratelimiting':
      return new RateLimitingSampler(config.maxTracesPerSecond, ports.monotonicMillis);
  }
}

function handleOf(root: RootSampler, parentBased: boolean): SamplerHandle {
  const sampler = parentBased ? new ParentBasedSampler(root) : new EverySpanSampler(root);
  const nothing = (): void => undefined;
  return { sampler, root, parentBased, start: nothing, stop: nothing, describe: () => sampler.toString() };
}
