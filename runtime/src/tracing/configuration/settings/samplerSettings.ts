import {
  DEFAULT_INITIAL_SAMPLE_RATIO,
  DEFAULT_POLLING_INTERVAL_MILLIS,
  type SamplerConfig,
} from '../../sampling/samplerConfig.ts';
import { samplerArgument } from '../kinds/samplerArgument.ts';
import type { Setting, SettingWithDefault, Variable } from './setting.ts';
import { PLAIN_HTTP_URL, SAMPLING_HOST_PORT } from '../kinds/urlKinds.ts';
import { alsoCalled, BOOLEAN, choice, decimal, implies, integer, renamed } from '../kinds/valueKinds.ts';

const OTEL = 'OTEL_TRACES_SAMPLER';
const JAEGER = 'JAEGER_SAMPLER_TYPE';
const MAX_POLLING_MILLIS = 86_400_000;
const KINDS: readonly SamplerConfig['kind'][] = [
  'always_on',
  'always_off',
  'traceidratio',
  'ratelimiting',
  'jaeger_remote',
];

const REMOTE_URLS: readonly Variable<string>[] = [
  { name: 'JAEGER_SAMPLING_ENDPOINT' },
  { name: 'JAEGER_SAMPLER_MANAGER_HOST_PORT', kind: SAMPLING_HOST_PORT, note: '`host:port`' },
];

/** Names of other sides for the same: Jaeger's clients and OpenTelemetry's variable. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  const: 'always_on or always_off',
  probabilistic: 'traceidratio',
  remote: 'jaeger_remote',
  parentbased_always_on: 'always_on, with parentBased: true',
  parentbased_always_off: 'always_off, with parentBased: true',
  parentbased_traceidratio: 'traceidratio, with parentBased: true',
  parentbased_jaeger_remote: 'jaeger_remote, with parentBased: true',
};

/** Which sampler; `const` is that of Jaeger's clients, whose parameter says whether it is every trace or none. */
export const SAMPLER_KIND: Setting<SamplerConfig['kind'] | 'const'> = {
  option: 'sampler.kind',
  about: 'How the traces that begin in this process are chosen.',
  kind: alsoCalled(choice(KINDS), OTHER_NAMES),
  variables: [
    {
      name: OTEL,
      kind: renamed({
        always_on: 'always_on',
        always_off: 'always_off',
        traceidratio: 'traceidratio',
        jaeger_remote: 'jaeger_remote',
        parentbased_always_on: 'always_on',
        parentbased_always_off: 'always_off',
        parentbased_traceidratio: 'traceidratio',
        parentbased_jaeger_remote: 'jaeger_remote',
      } as const),
      note: 'also `parentbased_…`',
    },
    {
      name: JAEGER,
      kind: renamed({
        const: 'const',
        probabilistic: 'traceidratio',
        ratelimiting: 'ratelimiting',
        remote: 'jaeger_remote',
      } as const),
      note: '`const`, `probabilistic`, `ratelimiting`, `remote`',
    },
    ...REMOTE_URLS.map(({ name }) => ({
      name,
      kind: implies('jaeger_remote' as const),
      implied: true,
      note: 'given: `jaeger_remote`',
    })),
  ],
  outputs: ['agent.samplingUrl', 'collector.samplingUrl'].map((path) => ({ path, kind: implies('jaeger_remote') })),
  fallbackText: '`always_on`',
};

/** What `const` of Jaeger's clients means. */
export const SAMPLER_CONSTANT: Setting<'always_on' | 'always_off'> = {
  option: 'sampler.kind',
  variablesOnly: true,
  about: 'With `const` in `JAEGER_SAMPLER_TYPE`: 1 for every trace, 0 for none.',
  kind: choice(['always_on', 'always_off']),
  variables: [{ name: 'JAEGER_SAMPLER_PARAM', kind: renamed({ 1: 'always_on', 0: 'always_off' } as const) }],
};

/** The setting `sampler.parentBased`. */
export const SAMPLER_PARENT_BASED: SettingWithDefault<boolean> = {
  option: 'sampler.parentBased',
  about: 'Whether a span with a parent is sampled exactly when the parent is.',
  kind: BOOLEAN,
  variables: [
    { name: OTEL, when: OTEL, extract: (text) => String(text.startsWith('parentbased_')), note: '`parentbased_…`' },
  ],
  fallback: true,
};

/** The setting `sampler.ratio`. */
export const SAMPLER_RATIO: Setting<number> = {
  option: 'sampler.ratio',
  about: 'Share of traces; with `traceidratio`.',
  kind: decimal(0, 1),
  variables: [
    { name: 'OTEL_TRACES_SAMPLER_ARG', when: OTEL, note: `with \`${OTEL}\`` },
    { name: 'JAEGER_SAMPLER_PARAM', when: JAEGER, note: `with \`${JAEGER}\`` },
  ],
  fallbackText: `1 with \`${OTEL}\`, otherwise required`,
};

/** The setting `sampler.maxTracesPerSecond`. */
export const SAMPLER_MAX_TRACES_PER_SECOND: Setting<number> = {
  option: 'sampler.maxTracesPerSecond',
  about: 'Traces per second; with `ratelimiting`. 0.1 is one in ten seconds.',
  kind: decimal(0, Number.POSITIVE_INFINITY),
  variables: [{ name: 'JAEGER_SAMPLER_PARAM', when: JAEGER, note: `with \`${JAEGER}\`` }],
  fallbackText: 'required',
};

/** The setting `sampler.url`. */
export const SAMPLER_URL: Setting<string> = {
  option: 'sampler.url',
  about: 'Where Jaeger serves its sampling strategies; with `jaeger_remote`.',
  kind: PLAIN_HTTP_URL,
  variables: [
    { name: 'OTEL_TRACES_SAMPLER_ARG', when: OTEL, extract: samplerArgument('endpoint'), note: '`endpoint=` in it' },
    ...REMOTE_URLS,
  ],
  outputs: [{ path: 'agent.samplingUrl' }, { path: 'collector.samplingUrl' }],
  fallbackText: '`/sampling` at port 5778 of `agent.host`',
};

/** The setting `sampler.pollingIntervalMillis`. */
export const SAMPLER_POLLING_INTERVAL_MILLIS: SettingWithDefault<number> = {
  option: 'sampler.pollingIntervalMillis',
  about: 'Time between two questions for the strategy, in milliseconds; with `jaeger_remote`.',
  kind: integer(1, MAX_POLLING_MILLIS),
  variables: [
    {
      name: 'OTEL_TRACES_SAMPLER_ARG',
      when: OTEL,
      extract: samplerArgument('pollingIntervalMs'),
      note: '`pollingIntervalMs=` in it',
    },
  ],
  fallback: DEFAULT_POLLING_INTERVAL_MILLIS,
};

/** The setting `sampler.initialSampleRatio`. */
export const SAMPLER_INITIAL_SAMPLE_RATIO: SettingWithDefault<number> = {
  option: 'sampler.initialSampleRatio',
  about: "Share of traces until Jaeger's first answer; with `jaeger_remote`.",
  kind: decimal(0, 1),
  variables: [
    {
      name: 'OTEL_TRACES_SAMPLER_ARG',
      when: OTEL,
      extract: samplerArgument('initialSamplingRate'),
      note: '`initialSamplingRate=` in it',
    },
    { name: 'JAEGER_SAMPLER_PARAM', when: JAEGER, note: `with \`${JAEGER}\`` },
  ],
  fallback: DEFAULT_INITIAL_SAMPLE_RATIO,
};
