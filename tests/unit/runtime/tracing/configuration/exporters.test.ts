import { describe, expect, it } from 'vitest';
import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import { parse, problemsOf } from './parseFixture.ts';
import { stackOutputs } from './stackOutputsFixture.ts';

type Environment = Readonly<Record<string, string>>;
type Case = readonly [name: string, options: TracingOptions, environment: Environment, exporter: object | undefined];

const agent = { kind: 'jaeger-agent', host: 'localhost', port: 6832, protocol: 'binary', maxPacketBytes: 65_000 };
const collector = { kind: 'jaeger-http', url: 'http://localhost:14268/api/traces' };
const commissioned = {
  kind: 'exporter-jaeger',
  transport: 'udp',
  host: 'localhost',
  port: 6832,
  maxPacketBytes: 65_000,
};
const otlp = { kind: 'otlp-http', url: 'http://localhost:4318/v1/traces', headers: {} };
const grpc = { kind: 'otlp-grpc', url: 'http://localhost:4317', headers: {} };

const named: readonly Case[] = [
  ['the agent by default', {}, {}, agent],
  ['the agent by name', { exporter: 'jaeger-agent' }, { JAEGER_ENDPOINT: 'http://c/' }, agent],
  ['the collector', { exporter: 'jaeger-http' }, {}, collector],
  ['OTLP over HTTP', { exporter: 'otlp-http' }, {}, otlp],
  ['OTLP by its short name', { exporter: 'otlp' }, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, otlp],
  ['OTLP by its short name in the environment', {}, { TRACEWRIGHT_EXPORTER: 'otlp' }, otlp],
  ['OTLP over gRPC', { exporter: 'otlp-grpc' }, {}, grpc],
  ['the commissioned exporter', { exporter: 'exporter-jaeger' }, {}, commissioned],
  ['no exporter', { exporter: 'none' }, {}, undefined],
];

const byOpenTelemetry: readonly Case[] = [
  ['no exporter', {}, { OTEL_TRACES_EXPORTER: 'none' }, undefined],
  ['Jaeger, which is the agent', {}, { OTEL_TRACES_EXPORTER: 'jaeger' }, agent],
  [
    'Jaeger at an endpoint',
    {},
    { OTEL_TRACES_EXPORTER: 'jaeger', OTEL_EXPORTER_JAEGER_ENDPOINT: 'http://c:1/t' },
    { ...collector, url: 'http://c:1/t' },
  ],
  ['OTLP, which is HTTP', {}, { OTEL_TRACES_EXPORTER: 'otlp' }, otlp],
  [
    'OTLP with the protocol of all signals',
    {},
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    grpc,
  ],
  [
    "OTLP with the traces' own protocol first",
    {},
    {
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf',
    },
    otlp,
  ],
  [
    "the traces' own endpoint as it is",
    {},
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://o:1/in?a=b' },
    { ...otlp, url: 'http://o:1/in?a=b' },
  ],
  [
    'the endpoint of all signals with the path of traces',
    {},
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://o:1/base/' },
    { ...otlp, url: 'http://o:1/base/v1/traces' },
  ],
];

const byJaeger: readonly Case[] = [
  ['the collector by its endpoint', {}, { JAEGER_ENDPOINT: 'http://c:1/t' }, { ...collector, url: 'http://c:1/t' }],
  ['the compact port', {}, { JAEGER_AGENT_PORT: '6831' }, { ...agent, port: 6831, protocol: 'compact' }],
  [
    'a compact agent at its usual port',
    { agent: { protocol: 'compact' } },
    {},
    { ...agent, port: 6831, protocol: 'compact' },
  ],
  ['an unusual port as binary', {}, { JAEGER_AGENT_PORT: '7000' }, { ...agent, port: 7000 }],
  ['an address of IPv6', {}, { JAEGER_AGENT_HOST: 'fd00::1' }, { ...agent, host: 'fd00::1' }],
  ['nothing of a Service', {}, { JAEGER_AGENT_PORT: 'tcp://10.0.0.1:5775' }, agent],
  ['nothing of a Service of our own name', {}, { TRACEWRIGHT_AGENT_PORT: 'udp://10.0.0.1:5775' }, agent],
];

const commissionedOnes: readonly Case[] = [
  [
    'the collector of the options',
    { exporter: 'exporter-jaeger', collectorUrl: 'http://c:1/t', agent: { host: 'a' } },
    {},
    { kind: 'exporter-jaeger', transport: 'http', url: 'http://c:1/t' },
  ],
  [
    'the agent of the options',
    { exporter: 'exporter-jaeger', agent: { host: 'a' } },
    { JAEGER_ENDPOINT: 'http://c:1/t' },
    { ...commissioned, host: 'a' },
  ],
  [
    'the collector of the environment',
    { exporter: 'exporter-jaeger' },
    { JAEGER_ENDPOINT: 'http://c:1/t', JAEGER_AGENT_HOST: 'a' },
    { kind: 'exporter-jaeger', transport: 'http', url: 'http://c:1/t' },
  ],
  [
    "the agent beside the collector of a stack's variables",
    { exporter: 'exporter-jaeger' },
    { TRACEWRIGHT_COLLECTOR_URL: 'http://c:1/t', TRACEWRIGHT_AGENT_HOST: 'a' },
    { ...commissioned, host: 'a' },
  ],
];

function exporterOf(options: TracingOptions, environment: Environment, outputs?: unknown): unknown {
  return parse({ options: { serviceName: 'orders', ...options }, environment, stackOutputs: outputs }).exporter;
}

describe('the exporter', () => {
  it.each(named)('is %s', (_name, options, environment, expected) => {
    expect(exporterOf(options, environment)).toEqual(expected);
  });

  it.each(byOpenTelemetry)("by OpenTelemetry's variables is %s", (_name, options, environment, expected) => {
    expect(exporterOf(options, environment)).toEqual(expected);
  });

  it.each(byJaeger)('by variables of its clients takes %s', (_name, options, environment, expected) => {
    expect(exporterOf(options, environment)).toEqual(expected);
  });

  it.each(commissionedOnes)('that is the commissioned one takes %s', (_name, options, environment, expected) => {
    expect(exporterOf(options, environment)).toEqual(expected);
  });

  it.each<[TracingOptions, object]>([
    [{}, { ...agent, host: 'jaeger-agent.tracing.svc', port: 16_832 }],
    [
      { agent: { protocol: 'compact' } },
      { ...agent, host: 'jaeger-agent.tracing.svc', port: 16_831, protocol: 'compact' },
    ],
    [{ exporter: 'jaeger-http' }, { ...collector, url: stackOutputs.collector.thriftHttpUrl }],
    [{ exporter: 'otlp-http' }, { ...otlp, url: 'http://jaeger-collector.tracing.svc:4318/v1/traces' }],
    [{ exporter: 'otlp-grpc' }, { ...grpc, url: 'http://jaeger-collector.tracing.svc:4317' }],
    [{ exporter: 'exporter-jaeger' }, { ...commissioned, host: 'jaeger-agent.tracing.svc', port: 16_832 }],
  ])('with %j goes where the stack has it', (options, expected) => {
    expect(exporterOf(options, {}, stackOutputs)).toEqual(expected);
  });

  it('takes the port of the stack for what the stack says it is', () => {
    const outputs = { agent: { thriftBinaryPort: 6831 } };
    expect(exporterOf({}, {}, outputs)).toEqual({ ...agent, port: 6831 });
  });

  it('takes an endpoint of the options whatever protocol the environment has for its own', () => {
    const options: TracingOptions = { exporter: 'otlp-grpc', otlpEndpoint: 'http://o:1' };
    expect(exporterOf(options, { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' })).toEqual({
      ...grpc,
      url: 'http://o:1',
    });
  });

  it("takes a stack's whole block of variables", () => {
    const environment = {
      TRACEWRIGHT_EXPORTER: 'jaeger-agent',
      TRACEWRIGHT_AGENT_HOST: 'jaeger-agent.tracing.svc',
      TRACEWRIGHT_AGENT_PORT: '6832',
      TRACEWRIGHT_COLLECTOR_URL: 'http://jaeger-collector.tracing.svc:14268/api/traces',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger-collector.tracing.svc:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    };
    expect(exporterOf({}, environment)).toEqual({ ...agent, host: 'jaeger-agent.tracing.svc' });
  });
});

describe('an exporter that cannot be used', () => {
  it.each<[string, TracingOptions, Environment, string, string]>([
    [
      'binary to 6831',
      { agent: { protocol: 'binary', port: 6831 } },
      {},
      'agent.port',
      '6831 takes the compact one; set the port to 6832, or agent.protocol to compact',
    ],
    [
      'compact to 6832',
      { agent: { protocol: 'compact' } },
      { JAEGER_AGENT_PORT: '6832' },
      'agent.port',
      '6832 takes the binary one; set the port to 6831, or agent.protocol to binary',
    ],
    [
      'the commissioned one to 6831',
      { exporter: 'exporter-jaeger' },
      { JAEGER_AGENT_PORT: '6831' },
      'agent.port',
      '6831 takes the compact one; set the port to 6832, or the exporter to jaeger-agent',
    ],
    [
      'the commissioned one in compact',
      { exporter: 'exporter-jaeger' },
      { TRACEWRIGHT_AGENT_PROTOCOL: 'compact' },
      'agent.protocol',
      'binary: exporter-jaeger writes no other',
    ],
    [
      'the commissioned one over IPv6',
      { exporter: 'exporter-jaeger', agent: { host: '::1' } },
      {},
      'agent.host',
      'exporter-jaeger knows no IPv6',
    ],
    [
      'the commissioned one with a rival',
      { exporter: 'exporter-jaeger', agent: {} },
      { OTEL_EXPORTER_JAEGER_ENDPOINT: 'http://c' },
      'exporter',
      'exporter-jaeger ignores the agent',
    ],
    [
      'the commissioned one with a token',
      { exporter: 'exporter-jaeger', collectorUrl: 'http://c', collectorCredentials: { token: 't' } },
      {},
      'collectorCredentials.token',
      'exporter-jaeger knows no tokens',
    ],
    [
      'gRPC to the endpoint of HTTP',
      { exporter: 'otlp-grpc' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://o:4318', OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
      'otlpEndpoint',
      'OTEL_EXPORTER_OTLP_PROTOCOL says that this one takes http/protobuf; set otlpEndpoint, or the exporter to otlp-http',
    ],
    [
      'gRPC to a path',
      { exporter: 'otlp-grpc', otlpEndpoint: 'http://o:4317/v1/traces' },
      {},
      'otlpEndpoint',
      'an URL without a path',
    ],
    [
      'the path of traces twice',
      { exporter: 'otlp-http', otlpEndpoint: 'http://o:4318/v1/traces/' },
      {},
      'otlpEndpoint',
      'the URL without /v1/traces, which is added',
    ],
    [
      'an unknown protocol',
      {},
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
      'exporter',
      'one of http/protobuf, grpc',
    ],
    ['an exporter of others', {}, { OTEL_TRACES_EXPORTER: 'zipkin' }, 'exporter', 'one of jaeger, otlp, none'],
    ['a misspelt exporter', { exporter: 'otlp-htp' as 'otlp' }, {}, 'exporter', 'did you mean otlp-http?'],
    [
      'a host with a port',
      {},
      { TRACEWRIGHT_AGENT_HOST: 'agent:6832' },
      'agent.host',
      'without scheme, port or brackets',
    ],
    [
      'a URL without a scheme',
      { exporter: 'jaeger-http', collectorUrl: 'collector:14268' },
      {},
      'collectorUrl',
      'begins with http:// or https://; did you mean http://collector:14268?',
    ],
    [
      'a URL of OTLP without a scheme',
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' },
      'otlpEndpoint',
      'did you mean http://collector:4317?',
    ],
    [
      'a password in the URL of OTLP',
      { exporter: 'otlp-http', otlpEndpoint: 'http://a:b@c' },
      {},
      'otlpEndpoint',
      'without a user name and a password',
    ],
    [
      'half a user info',
      { exporter: 'jaeger-http', collectorUrl: 'http://token@c' },
      {},
      'collectorUrl',
      'with a user name and a password, or with neither',
    ],
    [
      'a user name alone',
      { exporter: 'jaeger-http' },
      { JAEGER_USER: 'u' },
      'collectorCredentials.password',
      'in OTEL_EXPORTER_JAEGER_PASSWORD',
    ],
    [
      'a password alone',
      { exporter: 'jaeger-http' },
      { JAEGER_PASSWORD: 'p' },
      'collectorCredentials.username',
      'in OTEL_EXPORTER_JAEGER_USER',
    ],
    [
      'a token beside a password',
      { exporter: 'jaeger-http' },
      { JAEGER_USER: 'u', JAEGER_PASSWORD: 'p', JAEGER_AUTH_TOKEN: 't' },
      'collectorCredentials.token',
      'either a token, or a user name and a password',
    ],
    [
      'a header with a line break',
      { exporter: 'otlp-http', otlpHeaders: { a: 'b\r\nc: d' } },
      {},
      'otlpHeaders',
      'without line breaks',
    ],
  ])('is %s', (_name, options, environment, option, words) => {
    const problems = problemsOf({ options: { serviceName: 'orders', ...options }, environment });
    expect(problems.map((problem) => problem.option)).toEqual([option]);
    expect(`${problems[0]?.allowed ?? ''}; ${problems[0]?.remedy ?? ''}`).toContain(words);
  });
});
