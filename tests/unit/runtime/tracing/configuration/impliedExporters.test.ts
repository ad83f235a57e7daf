import { describe, expect, it } from 'vitest';
import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import { problemsOf, rowsOf } from './parseFixture.ts';

type Environment = Readonly<Record<string, string>>;

const otlp = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://o:4318' };
const collector = { TRACEWRIGHT_COLLECTOR_URL: 'http://c/' };

describe('an exporter that nobody names', () => {
  it.each<[string, TracingOptions, Environment, string, string]>([
    ['the endpoint of OTLP', { otlpEndpoint: 'http://o' }, {}, 'otlp-http', 'options: otlpEndpoint'],
    [
      'the endpoint of OTLP and its protocol',
      { otlpEndpoint: 'http://o' },
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'otlp-grpc',
      'options: otlpEndpoint, OTEL_EXPORTER_OTLP_PROTOCOL',
    ],
    ['the collector', { collectorUrl: 'http://c/' }, {}, 'jaeger-http', 'options: collectorUrl'],
    [
      'the collector before any of the environment',
      { collectorUrl: 'http://c/' },
      { ...otlp, TRACEWRIGHT_AGENT_HOST: 'a' },
      'jaeger-http',
      'options: collectorUrl',
    ],
    [
      'the endpoint and the protocol of the environment',
      {},
      { ...otlp, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'otlp-grpc',
      'OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL',
    ],
    [
      "the agent's address beside endpoints",
      {},
      { ...otlp, ...collector, JAEGER_AGENT_HOST: 'a' },
      'jaeger-agent',
      'default',
    ],
    ["the agent's port beside an endpoint", {}, { ...otlp, TRACEWRIGHT_AGENT_PORT: '7000' }, 'jaeger-agent', 'default'],
    ['an agent of the options', { agent: { host: 'a' } }, { JAEGER_ENDPOINT: 'http://c/' }, 'jaeger-agent', 'default'],
    [
      "what Jaeger's clients put before the agent",
      {},
      { ...otlp, JAEGER_AGENT_HOST: 'a', JAEGER_ENDPOINT: 'http://c/' },
      'jaeger-http',
      'JAEGER_ENDPOINT',
    ],
    [
      'an endpoint, whatever packets an agent would get',
      { agent: { maxPacketBytes: 1400 } },
      otlp,
      'otlp-http',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ],
    [
      'an endpoint beside the port of a Service',
      {},
      { ...otlp, JAEGER_AGENT_PORT: 'tcp://10.0.0.1:5775' },
      'otlp-http',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ],
  ])('follows from %s', (_name, options, environment, value, source) => {
    const rows = rowsOf({ options: { serviceName: 'orders', ...options }, environment });
    expect(rows.find(({ option }) => option === 'exporter')).toEqual({
      option: 'exporter',
      value,
      source,
      inForce: true,
    });
  });

  it.each<[TracingOptions, Environment, string]>([
    [{ exporter: 'jaeger-agent', otlpEndpoint: 'http://o' }, {}, 'options'],
    [{ otlpEndpoint: 'http://o' }, { TRACEWRIGHT_EXPORTER: 'jaeger-agent' }, 'TRACEWRIGHT_EXPORTER'],
    [{}, { ...otlp, ...collector, OTEL_TRACES_EXPORTER: 'jaeger' }, 'OTEL_TRACES_EXPORTER'],
  ])('is not looked for with %j and %j', (options, environment, source) => {
    const rows = rowsOf({ options: { serviceName: 'orders', ...options }, environment });
    expect(rows.find(({ option }) => option === 'exporter')).toMatchObject({ value: 'jaeger-agent', source });
  });

  it.each<[TracingOptions, string]>([
    [{ otlpEndpoint: 'http://o', collectorUrl: 'http://c/' }, 'collectorUrl and otlpEndpoint'],
    [{ otlpEndpoint: 'http://o', agent: { host: 'a' } }, 'agent and otlpEndpoint'],
  ])('has to be named with %j', (options, given) => {
    expect(problemsOf({ options: { serviceName: 'orders', ...options } })).toEqual([
      {
        option: 'exporter',
        value: 'undefined',
        source: 'not given',
        allowed: `one of jaeger-agent, jaeger-http, otlp-http, otlp-grpc, exporter-jaeger, otlp, none: it has to be named where ${given} are given`,
      },
    ]);
  });
});
