import type { Secret } from '../../../core/secret.ts';
import { EXPORTER_KINDS, type ExporterKind } from '../exporterOptions.ts';
import { HEADERS, SECRET_TEXT } from '../kinds/secretKinds.ts';
import type { Setting, SettingWithDefault } from './setting.ts';
import { HOST, HTTP_URL, PLAIN_HTTP_URL } from '../kinds/urlKinds.ts';
import { choice, implies, integer, renamed, textLike } from '../kinds/valueKinds.ts';

/** How spans leave the process; `jaeger` as OpenTelemetry's variable has it, over either of Jaeger's own ways. */
export const EXPORTER: SettingWithDefault<ExporterKind | 'jaeger'> = {
  option: 'exporter',
  about:
    'How spans leave the process. `otlp` is `otlp-http` for short. Where none is named, `collectorUrl` among the options ' +
    'means `jaeger-http`, and `otlpEndpoint` one of OTLP.',
  kind: choice(EXPORTER_KINDS),
  variables: [
    'TRACEWRIGHT_EXPORTER',
    { name: 'OTEL_TRACES_EXPORTER', kind: choice(['jaeger', 'otlp', 'none']), note: '`jaeger`, `otlp` or `none`' },
  ],
  outputs: [{ path: 'environment.TRACEWRIGHT_EXPORTER' }],
  fallback: 'jaeger-agent',
};

/** What `How.via` says where nobody gave the address of an agent. */
export const WITHOUT_AGENT = 'without agent';

/** The exporter that an endpoint in the environment is for. */
export const IMPLIED_EXPORTER: Setting<'jaeger-http' | 'otlp'> = {
  option: 'exporter',
  variablesOnly: true,
  about:
    'An endpoint means its exporter where none is named, neither in the options nor in the environment. The address of an ' +
    "agent comes before those that say so, and before all where it is an option; the stack's own name comes after.",
  kind: choice(['jaeger-http', 'otlp']),
  variables: [
    {
      name: 'TRACEWRIGHT_COLLECTOR_URL',
      ...implied('jaeger-http'),
      when: WITHOUT_AGENT,
      note: unlessAgent('jaeger-http'),
    },
    { name: 'OTEL_EXPORTER_JAEGER_ENDPOINT', ...implied('jaeger-http') },
    { name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', ...implied('otlp'), when: WITHOUT_AGENT, note: unlessAgent('otlp') },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', ...implied('otlp'), when: WITHOUT_AGENT, note: unlessAgent('otlp') },
    { name: 'JAEGER_ENDPOINT', ...implied('jaeger-http') },
  ],
};

/** Which of OTLP's exporters `otlp` stands for. */
export const OTLP_PROTOCOL: SettingWithDefault<'otlp-http' | 'otlp-grpc'> = {
  option: 'exporter',
  variablesOnly: true,
  about:
    '`http/protobuf` or `grpc`: which of the two `otlp` in `OTEL_TRACES_EXPORTER` stands for, and an endpoint without a ' +
    'named exporter. With an OTLP exporter that ' +
    'is chosen otherwise: what the endpoint in the environment speaks, which has to be the same.',
  kind: choice(['otlp-http', 'otlp-grpc']),
  variables: ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'].map((name) => ({
    name,
    kind: renamed({ 'http/protobuf': 'otlp-http', grpc: 'otlp-grpc' } as const),
  })),
  fallback: 'otlp-http',
};

/** The setting `agent.host`. */
export const AGENT_HOST: SettingWithDefault<string> = {
  option: 'agent.host',
  about: 'Where the Jaeger agent is.',
  kind: HOST,
  variables: ['TRACEWRIGHT_AGENT_HOST', 'OTEL_EXPORTER_JAEGER_AGENT_HOST', 'JAEGER_AGENT_HOST'],
  outputs: [{ path: 'agent.host' }],
  fallback: 'localhost',
};

/** The setting `agent.port`. */
export const AGENT_PORT: Setting<number> = {
  option: 'agent.port',
  about:
    'UDP port of the agent. 6831 takes the compact protocol and 6832 the binary one; neither is let with the other.',
  kind: integer(1, 65_535),
  variables: ['TRACEWRIGHT_AGENT_PORT', 'OTEL_EXPORTER_JAEGER_AGENT_PORT', 'JAEGER_AGENT_PORT'],
  outputs: [{ path: 'agent.thriftBinaryPort' }, { path: 'agent.thriftCompactPort' }],
  fallbackText: '6832, with the compact protocol 6831',
};

/** The setting `agent.protocol`. */
export const AGENT_PROTOCOL: Setting<'binary' | 'compact'> = {
  option: 'agent.protocol',
  about: 'Which form of thrift the agent gets. `exporter-jaeger` knows only the binary one.',
  kind: choice(['binary', 'compact']),
  variables: ['TRACEWRIGHT_AGENT_PROTOCOL'],
  fallbackText: '`compact` where the port is given as 6831, otherwise `binary`',
};

/** The setting `agent.maxPacketBytes`. */
export const AGENT_MAX_PACKET_BYTES: SettingWithDefault<number> = {
  option: 'agent.maxPacketBytes',
  about: 'The largest packet, in bytes. Over 1,500 a packet may vanish on overlay networks.',
  kind: integer(1000, 65_000),
  variables: ['TRACEWRIGHT_AGENT_MAX_PACKET_BYTES'],
  fallback: 65_000,
};

/** The setting `collectorUrl`. */
export const COLLECTOR_URL: SettingWithDefault<string> = {
  option: 'collectorUrl',
  about: "The collector's thrift endpoint. A user name and a password in it are taken for the credentials.",
  kind: HTTP_URL,
  variables: ['TRACEWRIGHT_COLLECTOR_URL', 'OTEL_EXPORTER_JAEGER_ENDPOINT', 'JAEGER_ENDPOINT'],
  outputs: [{ path: 'collector.thriftHttpUrl' }],
  fallback: 'http://localhost:14268/api/traces',
};

/** The setting `collectorCredentials.username`. */
export const COLLECTOR_USERNAME: Setting<string> = {
  option: 'collectorCredentials.username',
  about: 'What the collector is shown, with a password (HTTP basic).',
  kind: textLike(/^[^:\r\n]+$/, 'a user name without a colon'),
  variables: ['OTEL_EXPORTER_JAEGER_USER', 'JAEGER_USER'],
  fallbackText: 'that in `collectorUrl`, or none',
};

/** The setting `collectorCredentials.password`. */
export const COLLECTOR_PASSWORD: Setting<Secret> = {
  option: 'collectorCredentials.password',
  about: 'The password that belongs to the user name.',
  kind: SECRET_TEXT,
  variables: ['OTEL_EXPORTER_JAEGER_PASSWORD', 'JAEGER_PASSWORD'],
  fallbackText: 'that in `collectorUrl`, or none',
  secret: true,
};

/** The setting `collectorCredentials.token`. */
export const COLLECTOR_TOKEN: Setting<Secret> = {
  option: 'collectorCredentials.token',
  about: 'A bearer token that the collector is shown, in place of user name and password. Not with `exporter-jaeger`.',
  kind: SECRET_TEXT,
  variables: ['JAEGER_AUTH_TOKEN'],
  fallbackText: 'none',
  secret: true,
};

/** The setting `otlpEndpoint`. */
export const OTLP_ENDPOINT: Setting<string> = {
  option: 'otlpEndpoint',
  about: 'Base URL of OTLP, without `/v1/traces`; over gRPC without any path.',
  kind: PLAIN_HTTP_URL,
  variables: [
    { name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', note: 'taken as it is, with its path' },
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ],
  outputs: [{ path: 'collector.otlpHttpUrl' }, { path: 'collector.otlpGrpcUrl' }],
  fallbackText: '`http://localhost:4318`, over gRPC `http://localhost:4317`',
};

/** The setting `otlpHeaders`. */
export const OTLP_HEADERS: SettingWithDefault<Readonly<Record<string, Secret>>> = {
  option: 'otlpHeaders',
  about: 'Headers of every request of OTLP, over gRPC its metadata.',
  kind: HEADERS,
  variables: ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'OTEL_EXPORTER_OTLP_HEADERS'],
  fallback: {},
  secret: true,
};

function implied<T>(exporter: T) {
  return { kind: implies(exporter), implied: true, note: `given: \`${String(exporter)}\`` };
}

function unlessAgent(exporter: string): string {
  return `given without the address of an agent: \`${exporter}\``;
}
