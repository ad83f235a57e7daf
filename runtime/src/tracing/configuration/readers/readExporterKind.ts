import type { ExporterConfig } from '../../export/exporterConfig.ts';
import {
  AGENT_HOST,
  AGENT_PORT,
  COLLECTOR_URL,
  EXPORTER,
  IMPLIED_EXPORTER,
  OTLP_ENDPOINT,
  OTLP_PROTOCOL,
  WITHOUT_AGENT,
} from '../settings/exporterSettings.ts';
import type { Setting } from '../settings/setting.ts';
import type { TracingSources } from '../tracingSources.ts';
import { candidatesOf, OPTIONS } from './candidates.ts';
import { type ConfigurationReader, DEFAULT } from './configurationReader.ts';
import { jaegerEndpointVariable } from './readCollector.ts';

type Kind = ExporterConfig['kind'] | 'none';

/** What chose the exporter. */
interface Choice {
  readonly value: Kind | 'otlp' | 'jaeger';
  readonly source: string;
}

/** Endpoints, and the exporter that each of them is for. */
const OWNERS = [
  { setting: COLLECTOR_URL, value: 'jaeger-http' },
  { setting: OTLP_ENDPOINT, value: 'otlp' },
] as const;

/**
 * Which exporter: the one that is named; otherwise the one that an endpoint in the options or the environment is for;
 * otherwise what the stack names, or the agent.
 */
export function readExporterKind(reader: ConfigurationReader): Kind {
  const isNamed = isGiven(reader.sources, EXPORTER);
  const implied = isNamed ? undefined : (impliedByOptions(reader) ?? impliedByEnvironment(reader));
  const { value, source } = implied ?? reader.peek(EXPORTER) ?? { value: EXPORTER.fallback, source: DEFAULT };
  const { kind, also } = resolved(reader, { value, source });
  reader.note(EXPORTER, kind, [source, ...also].join(', '));
  return kind;
}

function impliedByOptions(reader: ConfigurationReader): Choice | undefined {
  const options = { ...reader.sources, environment: {} };
  const owners = OWNERS.filter(({ setting }) => isGiven(options, setting));
  const given = [...(isAgentGiven(options) ? ['agent'] : []), ...owners.map(({ setting }) => setting.option)];
  const [owner] = owners;
  if (owner === undefined) return undefined;
  if (given.length > 1)
    reader.report({
      option: EXPORTER.option,
      value: 'undefined',
      source: 'not given',
      allowed: `${EXPORTER.kind.allowed}: it has to be named where ${given.join(' and ')} are given`,
    });
  return { value: owner.value, source: `${OPTIONS}: ${owner.setting.option}` };
}

/** The address of an agent comes first: a stack's block of variables has endpoints beside it. */
function impliedByEnvironment(reader: ConfigurationReader): Choice | undefined {
  const { sources } = reader;
  if (isAgentGiven({ ...sources, environment: {} })) return undefined;
  return reader.peek(IMPLIED_EXPORTER, { via: isAgentGiven(sources) ? undefined : WITHOUT_AGENT });
}

function isAgentGiven(sources: TracingSources): boolean {
  return [AGENT_HOST, AGENT_PORT].some((setting: Setting<unknown>) => isGiven(sources, setting));
}

/** Whether the caller or the environment says something about a setting. */
function isGiven(sources: TracingSources, setting: Setting<unknown>): boolean {
  return candidatesOf(setting, { ...sources, stackOutputs: undefined }).length > 0;
}

/** What a name stands for, and the variables that decided it. */
function resolved(
  reader: ConfigurationReader,
  { value, source }: Choice,
): { readonly kind: Kind; readonly also: readonly string[] } {
  if (value === 'otlp') {
    // By our own name for it, `otlp` has always been HTTP.
    const isOurName = source === OPTIONS || source === 'TRACEWRIGHT_EXPORTER' || source.startsWith('stack outputs');
    const protocol = isOurName ? undefined : reader.peek(OTLP_PROTOCOL);
    return { kind: protocol?.value ?? OTLP_PROTOCOL.fallback, also: protocol === undefined ? [] : [protocol.source] };
  }
  if (value !== 'jaeger') return { kind: value, also: [] };
  const endpoint = jaegerEndpointVariable(reader);
  return endpoint === undefined ? { kind: 'jaeger-agent', also: [] } : { kind: 'jaeger-http', also: [endpoint] };
}
