import type { ExporterConfig } from '../../export/exporterConfig.ts';
import type { SamplerConfig } from '../../sampling/samplerConfig.ts';
import { candidatesOf } from './candidates.ts';
import { type ConfigurationReader, DEFAULT, type Found } from './configurationReader.ts';
import { maskedWhenShown } from './maskedWhenShown.ts';
import { isSamplerArgument, SAMPLER_ARGUMENT_FORM } from '../kinds/samplerArgument.ts';
import { AGENT_HOST } from '../settings/exporterSettings.ts';
import {
  SAMPLER_CONSTANT,
  SAMPLER_INITIAL_SAMPLE_RATIO,
  SAMPLER_KIND,
  SAMPLER_MAX_TRACES_PER_SECOND,
  SAMPLER_PARENT_BASED,
  SAMPLER_POLLING_INTERVAL_MILLIS,
  SAMPLER_RATIO,
  SAMPLER_URL,
} from '../settings/samplerSettings.ts';
import { isIpv6Address } from '../kinds/urlKinds.ts';
import { isRecord } from '../../../core/isRecord.ts';

const OTEL = 'OTEL_TRACES_SAMPLER';

/** Where Jaeger's agent serves strategies, by default: ports.go of Jaeger 1.x. */
const SAMPLING_PORT = 5778;

type SamplerKind = SamplerConfig['kind'];

/** What the parts of one sampler have in common. */
interface Chosen {
  readonly reader: ConfigurationReader;
  /** Lets the variables count that belong to the one which chose the sampler. */
  readonly via: string | undefined;
  readonly exporter: ExporterConfig | undefined;
  readonly parentBased: boolean;
}

/**
 * How traces are chosen. The sampler's own parameters come from where the sampler comes from: a ratio in the environment
 * says nothing about a sampler of the options.
 */
export function readSampler(reader: ConfigurationReader, exporter: ExporterConfig | undefined): SamplerConfig {
  const isNamed = candidatesOf(SAMPLER_KIND, reader.sources, { optionsOnly: true }).length > 0;
  // Parameters of a sampler that nobody named: the environment's own would get them.
  if (isRecord(reader.sources.options.sampler) && !isNamed) reader.missing(SAMPLER_KIND);
  const found = reader.peek(SAMPLER_KIND, { outputs: [samplingOutput(exporter)] });
  const via = found?.source.startsWith('JAEGER_') === true ? 'JAEGER_SAMPLER_TYPE' : found?.source;
  const kind = readKind(reader, found);
  const chosen = { reader, via, exporter, parentBased: reader.read(SAMPLER_PARENT_BASED, { via }) };
  switch (kind) {
    case 'always_on':
    case 'always_off':
      return { kind, parentBased: chosen.parentBased };
    case 'traceidratio':
      return { kind, ratio: readRatio(chosen), parentBased: chosen.parentBased };
    case 'ratelimiting': {
      const maxTracesPerSecond = reader.require(SAMPLER_MAX_TRACES_PER_SECOND, 0, { via });
      return { kind, maxTracesPerSecond, parentBased: chosen.parentBased };
    }
    case 'jaeger_remote':
      return readRemote(chosen);
  }
}

function readKind(reader: ConfigurationReader, found: Found<SamplerKind | 'const'> | undefined): SamplerKind {
  if (found?.value === 'const') return reader.require(SAMPLER_CONSTANT, 'always_on');
  const kind = found?.value ?? 'always_on';
  reader.note(SAMPLER_KIND, kind, found?.source ?? DEFAULT);
  return kind;
}

/** OpenTelemetry's variable may be without a ratio, which is every trace then. */
function readRatio({ reader, via }: Chosen): number {
  return via === OTEL ? reader.readOr(SAMPLER_RATIO, 1, { via }) : reader.require(SAMPLER_RATIO, 0, { via });
}

function readRemote({ reader, via, exporter, parentBased }: Chosen): SamplerConfig {
  if (via === OTEL) refuseUnknownArguments(reader);
  const found = reader.find(SAMPLER_URL, { via, outputs: [samplingOutput(exporter)] });
  const url = found?.value ?? agentSamplingUrl(reader, exporter);
  if (found === undefined) reader.note(SAMPLER_URL, url, DEFAULT);
  return maskedWhenShown({
    kind: 'jaeger_remote',
    url,
    pollingIntervalMillis: reader.read(SAMPLER_POLLING_INTERVAL_MILLIS, { via }),
    initialSampleRatio: reader.read(SAMPLER_INITIAL_SAMPLE_RATIO, { via }),
    parentBased,
  });
}

function refuseUnknownArguments(reader: ConfigurationReader): void {
  const source = 'OTEL_TRACES_SAMPLER_ARG';
  const given = reader.sources.environment[source] ?? '';
  if (isSamplerArgument(given)) return;
  reader.refuse(SAMPLER_KIND, { given, source }, { allowed: SAMPLER_ARGUMENT_FORM });
}

/** Applications that send to an agent ask that agent; others ask the collector. */
function samplingOutput(exporter: ExporterConfig | undefined): string {
  return agentHost(exporter) === undefined ? 'collector.samplingUrl' : 'agent.samplingUrl';
}

function agentHost(exporter: ExporterConfig | undefined): string | undefined {
  return exporter !== undefined && 'host' in exporter ? exporter.host : undefined;
}

function agentSamplingUrl(reader: ConfigurationReader, exporter: ExporterConfig | undefined): string {
  const host = agentHost(exporter) ?? reader.read(AGENT_HOST);
  return `http://${isIpv6Address(host) ? `[${host}]` : host}:${SAMPLING_PORT}/sampling`;
}
