import { describe, expect, it } from 'vitest';
import { ConfigurationError, type ConfigurationProblem } from '../../../../../runtime/src/core/configurationError.ts';
import { parseTracingConfig, type TracingSources } from '../../../../../runtime/src/tracing/configuration/parseTracingConfig.ts';
import type { TracingConfig } from '../../../../../runtime/src/tracing/configuration/tracingConfig.ts';
import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import { stackOutputs } from './stackOutputsFixture.ts';

function parse(sources: Partial<TracingSources>): TracingConfig {
  return parseTracingConfig({
    options: { serviceName: 'orders' },
    stackOutputs: undefined,
    environment: {},
    ...sources,
  });
}

function problemsOf(sources: Partial<TracingSources>): readonly ConfigurationProblem[] {
  try {
    parse(sources);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const defaults: TracingConfig = {
  serviceName: 'orders',
  resourceAttributes: {},
  exporter: { kind: 'jaeger-agent', host: 'localhost', port: 6832, maxPacketBytes: 65_000 },
  batch: { maxQueueSize: 2048, maxExportBatchSize: 512, scheduledDelayMillis: 5000, exportTimeoutMillis: 30_000 },
  instrumentations: ['http', 'undici', 'pg', 'ioredis', 'redis'],
  ignoreIncomingPaths: ['/healthz', '/livez', '/readyz', '/startupz'],
  shutdownTimeoutMillis: 5000,
  handleSignals: true,
};

describe('parseTracingConfig', () => {
  it('needs no more than a service name', () => {
    expect(parse({})).toEqual(defaults);
  });

  it('prefers options to stack outputs, and stack outputs to the environment', () => {
    const environment = {
      TRACEWRIGHT_EXPORTER: 'otlp',
      TRACEWRIGHT_AGENT_HOST: 'from-environment',
      TRACEWRIGHT_AGENT_PORT: '1000',
    };
    expect(parse({ environment: { ...environment, TRACEWRIGHT_EXPORTER: 'jaeger-agent' } }).exporter).toMatchObject({
      host: 'from-environment',
      port: 1000,
    });
    expect(parse({ environment, stackOutputs }).exporter).toMatchObject({
      host: 'jaeger-agent.tracing.svc',
      port: 16_832,
    });
    const options: TracingOptions = { serviceName: 'orders', agent: { host: 'from-options' } };
    expect(parse({ environment, stackOutputs, options }).exporter).toMatchObject({
      host: 'from-options',
      port: 16_832,
    });
  });

  it.each<[string, TracingOptions, Partial<TracingSources>, TracingConfig['exporter']]>([
    [
      'the collector by its default',
      { exporter: 'jaeger-http' },
      {},
      { kind: 'jaeger-http', url: 'http://localhost:14268/api/traces' },
    ],
    [
      'the collector of the stack',
      { exporter: 'jaeger-http' },
      { stackOutputs },
      { kind: 'jaeger-http', url: stackOutputs.collector.thriftHttpUrl },
    ],
    [
      'the collector of the environment',
      { exporter: 'jaeger-http' },
      { environment: { TRACEWRIGHT_COLLECTOR_URL: 'https://c/api/traces' } },
      { kind: 'jaeger-http', url: 'https://c/api/traces' },
    ],
    ['OTLP by its default', { exporter: 'otlp' }, {}, { kind: 'otlp', url: 'http://localhost:4318/v1/traces' }],
    [
      'OTLP of the stack',
      { exporter: 'otlp' },
      { stackOutputs },
      { kind: 'otlp', url: 'http://jaeger-collector.tracing.svc:4318/v1/traces' },
    ],
    [
      'OTLP of the environment, with a slash at its end',
      { exporter: 'otlp' },
      { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://o:1/' } },
      { kind: 'otlp', url: 'http://o:1/v1/traces' },
    ],
  ])('finds %s', (_name, options, sources, exporter) => {
    expect(parse({ ...sources, options: { serviceName: 'orders', ...options } }).exporter).toEqual(exporter);
  });

  it.each<[string, Readonly<Record<string, string>>, Partial<TracingConfig>]>([
    [
      'OTEL_SERVICE_NAME over service.name',
      { OTEL_SERVICE_NAME: 'a', OTEL_RESOURCE_ATTRIBUTES: 'service.name=b' },
      { serviceName: 'a', resourceAttributes: {} },
    ],
    [
      'service.name alone',
      { OTEL_RESOURCE_ATTRIBUTES: 'service.name=b,k=v%2C1, ' },
      { serviceName: 'b', resourceAttributes: { k: 'v,1' } },
    ],
    [
      'the limits of batches',
      {
        OTEL_SERVICE_NAME: 'a',
        OTEL_BSP_MAX_QUEUE_SIZE: '100',
        OTEL_BSP_SCHEDULE_DELAY: '10',
        OTEL_BSP_EXPORT_TIMEOUT: '20',
      },
      { batch: { maxQueueSize: 100, maxExportBatchSize: 100, scheduledDelayMillis: 10, exportTimeoutMillis: 20 } },
    ],
    ['no instrumentation', { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_INSTRUMENTATIONS: 'none' }, { instrumentations: [] }],
    [
      'some instrumentations',
      { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_INSTRUMENTATIONS: 'pg, http' },
      { instrumentations: ['pg', 'http'] },
    ],
    [
      'ignored paths',
      { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_IGNORE_PATHS: '/a,/b/c' },
      { ignoreIncomingPaths: ['/a', '/b/c'] },
    ],
    [
      'the time for shutting down',
      { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_SHUTDOWN_TIMEOUT_MILLIS: '7' },
      { shutdownTimeoutMillis: 7 },
    ],
    [
      'an empty variable as one that is not set',
      { OTEL_SERVICE_NAME: 'a', OTEL_BSP_MAX_QUEUE_SIZE: '' },
      { batch: defaults.batch },
    ],
  ])('reads %s from the environment', (_name, environment, expected) => {
    expect(parse({ options: {}, environment })).toMatchObject(expected);
  });

  it('merges resource attributes by key, the option first', () => {
    const options = { serviceName: 'orders', resourceAttributes: { tier: 'gold' } };
    expect(parse({ options, environment: { OTEL_RESOURCE_ATTRIBUTES: 'tier=tin,zone=a' } }).resourceAttributes).toEqual(
      { tier: 'gold', zone: 'a' },
    );
  });

  it.each<[string, Partial<TracingSources>, ConfigurationProblem]>([
    [
      'no service name',
      { options: {} },
      {
        option: 'serviceName',
        value: 'undefined',
        source: 'not given',
        allowed: 'a name, as the option serviceName or in OTEL_SERVICE_NAME',
      },
    ],
    [
      'a blank service name',
      { options: { serviceName: ' ' } },
      { option: 'serviceName', value: "' '", source: 'options', allowed: 'a name that is not blank' },
    ],
    [
      'the compact protocol',
      { environment: { TRACEWRIGHT_AGENT_PORT: '6831' } },
      {
        option: 'agent.port',
        value: "'6831'",
        source: 'TRACEWRIGHT_AGENT_PORT',
        allowed:
          'the port of the binary thrift protocol, 6832 by default: 6831 takes the compact protocol, which the Jaeger exporter does not write',
      },
    ],
    [
      'a port out of range',
      { environment: { TRACEWRIGHT_AGENT_PORT: '65536' } },
      {
        option: 'agent.port',
        value: "'65536'",
        source: 'TRACEWRIGHT_AGENT_PORT',
        allowed: 'a whole number from 1 to 65535',
      },
    ],
    [
      "Kubernetes' own variable for a port",
      { environment: { TRACEWRIGHT_AGENT_PORT: 'tcp://10.0.0.1:6832' } },
      {
        option: 'agent.port',
        value: "'tcp://10.0.0.1:6832'",
        source: 'TRACEWRIGHT_AGENT_PORT',
        allowed: 'a whole number from 1 to 65535',
      },
    ],
    [
      'a host with a port',
      { environment: { TRACEWRIGHT_AGENT_HOST: 'agent:6832' } },
      {
        option: 'agent.host',
        value: "'agent:6832'",
        source: 'TRACEWRIGHT_AGENT_HOST',
        allowed: 'a host name or an IPv4 address, without scheme or port',
      },
    ],
    [
      'an unknown exporter',
      { environment: { TRACEWRIGHT_EXPORTER: 'jaeger' } },
      {
        option: 'exporter',
        value: "'jaeger'",
        source: 'TRACEWRIGHT_EXPORTER',
        allowed: 'one of jaeger-agent, jaeger-http, otlp',
      },
    ],
    [
      'an address that exporter-jaeger would take instead of the agent',
      { environment: { OTEL_EXPORTER_JAEGER_ENDPOINT: 'http://c' } },
      {
        option: 'exporter',
        value: "'http://c'",
        source: 'OTEL_EXPORTER_JAEGER_ENDPOINT',
        allowed:
          'OTEL_EXPORTER_JAEGER_ENDPOINT unset, or exporter jaeger-http with the address in TRACEWRIGHT_COLLECTOR_URL',
      },
    ],
    [
      'a URL without a scheme',
      { environment: { TRACEWRIGHT_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' } },
      {
        option: 'otlpEndpoint',
        value: "'collector:4318'",
        source: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        allowed: 'an absolute URL that begins with http:// or https://',
      },
    ],
    [
      'a batch larger than the queue',
      { environment: { OTEL_BSP_MAX_QUEUE_SIZE: '10', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '11' } },
      {
        option: 'batch.maxExportBatchSize',
        value: "'11'",
        source: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
        allowed: 'a whole number from 1 to batch.maxQueueSize (10)',
      },
    ],
    [
      'a delay that is no whole number',
      { environment: { OTEL_BSP_SCHEDULE_DELAY: '1.5' } },
      {
        option: 'batch.scheduledDelayMillis',
        value: "'1.5'",
        source: 'OTEL_BSP_SCHEDULE_DELAY',
        allowed: 'a whole number from 1 to 600000',
      },
    ],
    [
      'attributes that cannot be read',
      { environment: { OTEL_RESOURCE_ATTRIBUTES: 'a=1,b' } },
      {
        option: 'resourceAttributes',
        value: "'b'",
        source: 'OTEL_RESOURCE_ATTRIBUTES',
        allowed: 'key=value pairs joined by commas, percent-encoded',
      },
    ],
    [
      'an unknown instrumentation',
      { environment: { TRACEWRIGHT_INSTRUMENTATIONS: 'mysql' } },
      {
        option: 'instrumentations',
        value: "'mysql'",
        source: 'TRACEWRIGHT_INSTRUMENTATIONS',
        allowed: 'any of http, undici, pg, ioredis, redis',
      },
    ],
    [
      'a path with a query',
      { environment: { TRACEWRIGHT_IGNORE_PATHS: '/a?b' } },
      {
        option: 'ignoreIncomingPaths',
        value: "'/a?b'",
        source: 'TRACEWRIGHT_IGNORE_PATHS',
        allowed: 'paths that begin with / and have no query',
      },
    ],
    [
      'outputs that are no object',
      { stackOutputs: [] },
      {
        option: 'stackOutputs',
        value: '[]',
        source: 'stack outputs',
        allowed: 'the object that `pulumi stack output --json` prints',
      },
    ],
    [
      'a port in the outputs that is no number',
      { stackOutputs: { agent: { thriftBinaryPort: '6832' } } },
      {
        option: 'agent.port',
        value: "'6832'",
        source: 'stack outputs: agent.thriftBinaryPort',
        allowed: 'a whole number from 1 to 65535',
      },
    ],
  ])('refuses %s', (_name, sources, problem) => {
    expect(problemsOf(sources)).toEqual([problem]);
  });

  it('refuses options that JavaScript let through', () => {
    const options: unknown = {
      serviceName: 7,
      agnet: {},
      batch: { maxQueueSize: '5', queue: 1 },
      handleSignals: 'no',
      resourceAttributes: { a: 1 },
    };
    expect(problemsOf({ options: options as TracingOptions }).map(({ option, value }) => `${option}=${value}`)).toEqual(
      [
        'agnet={}',
        'batch.queue=1',
        'resourceAttributes.a=1',
        'serviceName=7',
        "batch.maxQueueSize='5'",
        "handleSignals='no'",
      ],
    );
  });

  it('lists every problem in one message', () => {
    const environment = { TRACEWRIGHT_AGENT_PORT: '0', OTEL_BSP_MAX_QUEUE_SIZE: '-1' };
    expect(() => parse({ environment })).toThrow(
      new ConfigurationError([
        {
          option: 'agent.port',
          value: "'0'",
          source: 'TRACEWRIGHT_AGENT_PORT',
          allowed: 'a whole number from 1 to 65535',
        },
        {
          option: 'batch.maxQueueSize',
          value: "'-1'",
          source: 'OTEL_BSP_MAX_QUEUE_SIZE',
          allowed: 'a whole number from 1 to 1000000',
        },
      ]),
    );
    expect(() => parse({ environment })).toThrow(
      'The tracing configuration has 2 problems:\n' +
        "  agent.port: '0' (TRACEWRIGHT_AGENT_PORT); allowed: a whole number from 1 to 65535\n" +
        "  batch.maxQueueSize: '-1' (OTEL_BSP_MAX_QUEUE_SIZE); allowed: a whole number from 1 to 1000000",
    );
  });
});
