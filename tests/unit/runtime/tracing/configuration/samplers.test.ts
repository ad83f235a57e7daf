import { describe, expect, it } from 'vitest';
import type { SamplerOptions } from '../../../../../runtime/src/tracing/configuration/samplerOptions.ts';
import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import type { SamplerConfig } from '../../../../../runtime/src/tracing/sampling/samplerConfig.ts';
import { parse, problemsOf } from './parseFixture.ts';
import { stackOutputs } from './stackOutputsFixture.ts';

type Environment = Readonly<Record<string, string>>;

const remote: SamplerConfig = {
  kind: 'jaeger_remote',
  url: 'http://localhost:5778/sampling',
  pollingIntervalMillis: 60_000,
  initialSampleRatio: 1,
  parentBased: true,
};

function samplerOf(options: TracingOptions, environment: Environment = {}, outputs?: unknown): SamplerConfig {
  return parse({ options: { serviceName: 'orders', ...options }, environment, stackOutputs: outputs }).sampler;
}

describe('the sampler', () => {
  it.each<[SamplerOptions, SamplerConfig]>([
    [{ kind: 'always_off' }, { kind: 'always_off', parentBased: true }],
    [
      { kind: 'traceidratio', ratio: 0.25, parentBased: false },
      { kind: 'traceidratio', ratio: 0.25, parentBased: false },
    ],
    [
      { kind: 'ratelimiting', maxTracesPerSecond: 2.5 },
      { kind: 'ratelimiting', maxTracesPerSecond: 2.5, parentBased: true },
    ],
    [{ kind: 'jaeger_remote' }, remote],
    [
      { kind: 'jaeger_remote', url: 'http://j/s', pollingIntervalMillis: 1, initialSampleRatio: 0 },
      { ...remote, url: 'http://j/s', pollingIntervalMillis: 1, initialSampleRatio: 0 },
    ],
  ])('is that of the option %j', (sampler, expected) => {
    expect(samplerOf({ sampler }, { OTEL_TRACES_SAMPLER: 'always_on', OTEL_TRACES_SAMPLER_ARG: '0.5' })).toEqual(
      expected,
    );
  });

  it.each<[string, string | undefined, SamplerConfig]>([
    ['always_on', undefined, { kind: 'always_on', parentBased: false }],
    ['always_off', 'ignored', { kind: 'always_off', parentBased: false }],
    ['traceidratio', undefined, { kind: 'traceidratio', ratio: 1, parentBased: false }],
    ['traceidratio', '1e-3', { kind: 'traceidratio', ratio: 0.001, parentBased: false }],
    ['parentbased_always_on', undefined, { kind: 'always_on', parentBased: true }],
    ['parentbased_always_off', undefined, { kind: 'always_off', parentBased: true }],
    ['parentbased_traceidratio', '.5', { kind: 'traceidratio', ratio: 0.5, parentBased: true }],
    ['jaeger_remote', undefined, { ...remote, parentBased: false }],
    [
      'parentbased_jaeger_remote',
      'endpoint=http://j:1/s, pollingIntervalMs=5000, initialSamplingRate=0.25',
      { ...remote, url: 'http://j:1/s', pollingIntervalMillis: 5000, initialSampleRatio: 0.25 },
    ],
  ])('is %s of OTEL_TRACES_SAMPLER with the argument %s', (name, argument, expected) => {
    const more = argument === undefined ? {} : { OTEL_TRACES_SAMPLER_ARG: argument };
    expect(samplerOf({}, { OTEL_TRACES_SAMPLER: name, ...more })).toEqual(expected);
  });

  it.each<[Environment, SamplerConfig]>([
    [
      { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '1' },
      { kind: 'always_on', parentBased: true },
    ],
    [
      { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0' },
      { kind: 'always_off', parentBased: true },
    ],
    [
      { JAEGER_SAMPLER_TYPE: 'probabilistic', JAEGER_SAMPLER_PARAM: '0.1' },
      { kind: 'traceidratio', ratio: 0.1, parentBased: true },
    ],
    [
      { JAEGER_SAMPLER_TYPE: 'ratelimiting', JAEGER_SAMPLER_PARAM: '2' },
      { kind: 'ratelimiting', maxTracesPerSecond: 2, parentBased: true },
    ],
    [
      { JAEGER_SAMPLER_TYPE: 'remote', JAEGER_SAMPLER_PARAM: '0.5' },
      { ...remote, initialSampleRatio: 0.5 },
    ],
    [
      { JAEGER_SAMPLING_ENDPOINT: 'http://j/s', JAEGER_SAMPLER_PARAM: '0.5' },
      { ...remote, url: 'http://j/s', initialSampleRatio: 0.5 },
    ],
    [{ JAEGER_SAMPLER_MANAGER_HOST_PORT: 'j:5778' }, { ...remote, url: 'http://j:5778/sampling' }],
  ])("is that of Jaeger's clients with %j", (environment, expected) => {
    expect(samplerOf({}, environment)).toEqual(expected);
  });

  it.each<[string, TracingOptions, unknown, SamplerConfig]>([
    ['every trace where nothing is known', {}, undefined, { kind: 'always_on', parentBased: true }],
    ["the agent's, where spans go to an agent", {}, stackOutputs, { ...remote, url: stackOutputs.agent.samplingUrl }],
    [
      "the agent's, with the commissioned exporter",
      { exporter: 'exporter-jaeger' },
      stackOutputs,
      { ...remote, url: stackOutputs.agent.samplingUrl },
    ],
    [
      "the collector's, where spans go there",
      { exporter: 'jaeger-http' },
      stackOutputs,
      { ...remote, url: stackOutputs.collector.samplingUrl },
    ],
    [
      "the collector's, with OTLP",
      { exporter: 'otlp-grpc' },
      stackOutputs,
      { ...remote, url: stackOutputs.collector.samplingUrl },
    ],
    [
      'at the host of the agent that the options name',
      { sampler: { kind: 'jaeger_remote' }, agent: { host: 'fd00::1' } },
      undefined,
      { ...remote, url: 'http://[fd00::1]:5778/sampling' },
    ],
  ])('is by default %s', (_name, options, outputs, expected) => {
    expect(samplerOf(options, {}, outputs)).toEqual(expected);
  });

  it('of the environment stands before that of the stack', () => {
    const environment = { OTEL_TRACES_SAMPLER: 'parentbased_always_off' };
    expect(samplerOf({}, environment, stackOutputs)).toEqual({ kind: 'always_off', parentBased: true });
  });

  it('refuses an address that a comma cuts in two, and shows neither half of the password', () => {
    const environment = { OTEL_TRACES_SAMPLER: 'jaeger_remote', OTEL_TRACES_SAMPLER_ARG: 'endpoint=http://u:a,b@c/' };
    expect(problemsOf({ environment })).toEqual([
      {
        option: 'sampler.kind',
        value: "'endpoint=http://***@c/'",
        source: 'OTEL_TRACES_SAMPLER_ARG',
        allowed: 'endpoint=…,pollingIntervalMs=…,initialSamplingRate=…',
      },
    ]);
  });

  it.each<[string, unknown, Environment, string, string]>([
    ['an unknown sampler', undefined, { OTEL_TRACES_SAMPLER: 'xray' }, 'sampler.kind', 'one of always_on, always_off'],
    ['a ratio over 1', { kind: 'traceidratio', ratio: 1.1 }, {}, 'sampler.ratio', 'a number from 0 to 1'],
    ['a ratio that is text', { kind: 'traceidratio', ratio: '0.1' }, {}, 'sampler.ratio', 'a number from 0 to 1'],
    ['no ratio', { kind: 'traceidratio' }, {}, 'sampler.ratio', 'as the option sampler.ratio'],
    [
      'a ratio that is none',
      undefined,
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: 'half' },
      'sampler.ratio',
      'a number from 0 to 1',
    ],
    [
      'an unknown argument',
      undefined,
      { OTEL_TRACES_SAMPLER: 'jaeger_remote', OTEL_TRACES_SAMPLER_ARG: 'http://j/s' },
      'sampler.kind',
      'endpoint=…,pollingIntervalMs=…,initialSamplingRate=…',
    ],
    [
      'an endless rate',
      { kind: 'ratelimiting', maxTracesPerSecond: Infinity },
      {},
      'sampler.maxTracesPerSecond',
      'a number from 0 up',
    ],
    ['no parameter', undefined, { JAEGER_SAMPLER_TYPE: 'probabilistic' }, 'sampler.ratio', 'in JAEGER_SAMPLER_PARAM'],
    [
      'no constant',
      undefined,
      { JAEGER_SAMPLER_TYPE: 'const' },
      'sampler.kind',
      'one of 0, 1, in JAEGER_SAMPLER_PARAM',
    ],
    ['a name for a sampler', 'always_on', {}, 'sampler', 'an object with kind, parentBased, ratio'],
    ['a sampler without a kind', { ratio: 1 }, {}, 'sampler.kind', 'as the option sampler.kind'],
    [
      'an address with a password',
      { kind: 'jaeger_remote', url: 'http://a:b@c/' },
      {},
      'sampler.url',
      'without a user name',
    ],
    ['a host without a port', undefined, { JAEGER_SAMPLER_MANAGER_HOST_PORT: 'j' }, 'sampler.url', 'host:port'],
  ])('refuses %s', (_name, sampler, environment, option, words) => {
    const options = { serviceName: 'orders', ...(sampler === undefined ? {} : { sampler }) } as TracingOptions;
    const problems = problemsOf({ options, environment });
    expect(problems.map((problem) => problem.option)).toEqual([option]);
    expect(problems[0]?.allowed).toContain(words);
  });

  it.each<[unknown, string | undefined]>([
    ['always_on', "write sampler: { kind: 'always_on' }"],
    ['xray', undefined],
    [{ kind: 'probabilistic', ratio: 0.1 }, 'did you mean traceidratio?'],
    [{ kind: 'remote' }, 'did you mean jaeger_remote?'],
    [{ kind: 'parentbased_always_on' }, 'did you mean always_on, with parentBased: true?'],
    [{ kind: 'always_onn' }, 'did you mean always_on?'],
    [{ kind: 'jaeger_remote', url: 'agent:5778/sampling' }, 'did you mean http://agent:5778/sampling?'],
  ])('says what to write in the place of %j', (sampler, remedy) => {
    const options: unknown = { serviceName: 'orders', sampler };
    expect(problemsOf({ options: options as TracingOptions })[0]?.remedy).toBe(remedy);
  });
});
