import { describe, expect, it } from 'vitest';
import { ConfigurationError, type ConfigurationProblem } from '../../../../../runtime/src/core/configurationError.ts';
import type { TracingConfig } from '../../../../../runtime/src/tracing/configuration/tracingConfig.ts';
import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import type { TracingSources } from '../../../../../runtime/src/tracing/configuration/tracingSources.ts';
import { parse, problemsOf } from './parseFixture.ts';

const defaults: TracingConfig = {
  serviceName: 'orders',
  resourceAttributes: {},
  exporter: { kind: 'jaeger-agent', host: 'localhost', port: 6832, protocol: 'binary', maxPacketBytes: 65_000 },
  batch: { maxQueueSize: 2048, maxExportBatchSize: 512, scheduledDelayMillis: 5000, exportTimeoutMillis: 30_000 },
  spanLimits: {
    attributeCountLimit: 128,
    attributeValueLengthLimit: 16_384,
    eventCountLimit: 128,
    linkCountLimit: 128,
  },
  sampler: { kind: 'always_on', parentBased: true },
  propagators: ['tracecontext', 'baggage', 'jaeger', 'b3-extract'],
  instrumentations: ['http', 'undici', 'express', 'fastify', 'pg', 'ioredis', 'redis'],
  logCorrelation: ['pino', 'winston'],
  ignoreIncomingPaths: ['/healthz', '/livez', '/metrics', '/readyz', '/startupz'],
  crashRecordFile: '/tmp/tracewright-crash-orders.json',
  shutdownTimeoutMillis: 5000,
  handleSignals: true,
};

type Environment = Readonly<Record<string, string>>;

describe('parseTracingConfig', () => {
  it('needs no more than a service name', () => {
    expect(parse({})).toEqual(defaults);
  });

  it.each<[string, Environment, Partial<TracingConfig>]>([
    [
      'the name among the attributes',
      { OTEL_RESOURCE_ATTRIBUTES: 'service.name=b,k=v%2C1, ' },
      { serviceName: 'b', resourceAttributes: { k: 'v,1' } },
    ],
    [
      'the name in the tags',
      { JAEGER_TAGS: 'service.name=b, k=1=2' },
      { serviceName: 'b', resourceAttributes: { k: '1=2' } },
    ],
    [
      'tags with variables',
      { OTEL_SERVICE_NAME: 'a', JAEGER_TAGS: 'a=${HOST:none},b=${POD:none},c=${POD},d=100%', HOST: 'h' },
      { resourceAttributes: { a: 'h', b: 'none', c: '', d: '100%' } },
    ],
    [
      'a queue smaller than a batch',
      { OTEL_SERVICE_NAME: 'a', OTEL_BSP_MAX_QUEUE_SIZE: '100' },
      { batch: { ...defaults.batch, maxQueueSize: 100, maxExportBatchSize: 100 } },
    ],
    [
      'a time with a unit',
      { OTEL_SERVICE_NAME: 'a', JAEGER_REPORTER_FLUSH_INTERVAL: '1.5s' },
      { batch: { ...defaults.batch, scheduledDelayMillis: 1500 } },
    ],
    [
      'a timeout of OTLP for OTLP only',
      { OTEL_SERVICE_NAME: 'a', OTEL_EXPORTER_OTLP_TIMEOUT: '7' },
      { batch: defaults.batch },
    ],
    ['no instrumentation', { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_INSTRUMENTATIONS: 'none' }, { instrumentations: [] }],
    [
      'instrumentations by name and by package',
      { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_INSTRUMENTATIONS: 'pg, @opentelemetry/instrumentation-mysql2,pg' },
      { instrumentations: ['pg', '@opentelemetry/instrumentation-mysql2'] },
    ],
    [
      'instrumentations by the names of their libraries',
      {
        OTEL_SERVICE_NAME: 'a',
        TRACEWRIGHT_INSTRUMENTATIONS: 'http,koa,fs,net,grpc,hapi,restify,mysql2,socket.io,redis-4',
      },
      { instrumentations: ['http', 'koa', 'fs', 'net', 'grpc', 'hapi', 'restify', 'mysql2', 'socket.io', 'redis-4'] },
    ],
    [
      'all that the runtime knows, and others',
      { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_INSTRUMENTATIONS: 'koa,pg,default' },
      { instrumentations: ['koa', 'pg', 'http', 'undici', 'express', 'fastify', 'ioredis', 'redis'] },
    ],
    ['no propagator', { OTEL_SERVICE_NAME: 'a', OTEL_PROPAGATORS: 'none' }, { propagators: [] }],
    [
      'each propagator once',
      { OTEL_SERVICE_NAME: 'a', OTEL_PROPAGATORS: 'b3,jaeger,b3' },
      { propagators: ['b3', 'jaeger'] },
    ],
    [
      "propagators of Jaeger's clients",
      { OTEL_SERVICE_NAME: 'a', JAEGER_PROPAGATION: 'jaeger,b3,w3c' },
      { propagators: ['jaeger', 'b3multi', 'tracecontext', 'baggage'] },
    ],
    ['no log correlation', { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_LOG_CORRELATION: 'none' }, { logCorrelation: [] }],
    [
      'ignored paths',
      { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_IGNORE_PATHS: '/a,/b/c' },
      { ignoreIncomingPaths: ['/a', '/b/c'] },
    ],
    [
      'no crash record',
      { OTEL_SERVICE_NAME: 'a', TRACEWRIGHT_CRASH_RECORD_FILE: 'none' },
      { crashRecordFile: undefined },
    ],
    [
      'the directory for temporary files',
      { OTEL_SERVICE_NAME: '../a b', TMPDIR: '/var/tmp' },
      { crashRecordFile: '/var/tmp/tracewright-crash-.._a_b.json' },
    ],
    [
      'an empty variable as one that is not set',
      { OTEL_SERVICE_NAME: 'a', OTEL_BSP_MAX_QUEUE_SIZE: ' ' },
      { batch: defaults.batch },
    ],
  ])('reads %s from the environment', (_name, environment, expected) => {
    expect(parse({ options: {}, environment })).toMatchObject(expected);
  });

  it('merges resource attributes by key, the strongest source first', () => {
    const options = { serviceName: 'orders', resourceAttributes: { tier: 'gold' } };
    const environment = { OTEL_RESOURCE_ATTRIBUTES: 'tier=tin,zone=a', JAEGER_TAGS: 'zone=b,rack=1' };
    expect(parse({ options, environment }).resourceAttributes).toEqual({ tier: 'gold', zone: 'a', rack: '1' });
  });

  it('takes the name among the attributes of the options before that of the environment', () => {
    const options = { resourceAttributes: { 'service.name': 'mine' } };
    const config = parse({ options, environment: { OTEL_SERVICE_NAME: 'other' } });
    expect([config.serviceName, config.resourceAttributes]).toEqual(['mine', {}]);
  });

  it.each<[string, Partial<TracingSources>, ConfigurationProblem]>([
    [
      'no service name',
      { options: {} },
      {
        option: 'serviceName',
        value: 'undefined',
        source: 'not given',
        allowed: 'a name that is not blank, as the option serviceName or in OTEL_SERVICE_NAME',
      },
    ],
    [
      'a blank service name',
      { options: { serviceName: ' ' } },
      { option: 'serviceName', value: "' '", source: 'options', allowed: 'a name that is not blank' },
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
      'an unknown exporter',
      { environment: { TRACEWRIGHT_EXPORTER: 'jaeger' } },
      {
        option: 'exporter',
        value: "'jaeger'",
        source: 'TRACEWRIGHT_EXPORTER',
        allowed: 'one of jaeger-agent, jaeger-http, otlp-http, otlp-grpc, exporter-jaeger, otlp, none',
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
      'a time in a unit of its own',
      { environment: { JAEGER_REPORTER_FLUSH_INTERVAL: '1h' } },
      {
        option: 'batch.scheduledDelayMillis',
        value: "'1h'",
        source: 'JAEGER_REPORTER_FLUSH_INTERVAL',
        allowed: 'a whole number from 1 to 600000 (milliseconds), or a time like 500ms, 1s or 2m',
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
      'a misspelt instrumentation',
      { environment: { TRACEWRIGHT_INSTRUMENTATIONS: 'http,expres' } },
      {
        option: 'instrumentations',
        value: "'expres'",
        source: 'TRACEWRIGHT_INSTRUMENTATIONS',
        allowed:
          'any of http, undici, express, fastify, pg, ioredis, redis, default for all of these, or the name of a library or a package with an OpenTelemetry instrumentation',
        remedy: 'did you mean express?',
      },
    ],
    [
      'a switch that is neither on nor off',
      { environment: { TRACEWRIGHT_HANDLE_SIGNALS: 'no' } },
      { option: 'handleSignals', value: "'no'", source: 'TRACEWRIGHT_HANDLE_SIGNALS', allowed: 'true or false' },
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
        allowed: 'the object that `pulumi stack output --json` prints, or the path of a file that holds it',
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

  it.each(['https', 'Redis', 'defualt', 'pgg'])('takes %s for a misspelt instrumentation', (name) => {
    const [problem] = problemsOf({ options: { serviceName: 'orders', instrumentations: [name] } });
    expect(problem?.remedy).toMatch(/^did you mean (?:http|redis|default|pg)\?$/);
  });

  it.each(['Koa', '@scope', 'a b', '../x'])('refuses %s as the name of an instrumentation', (name) => {
    const problems = problemsOf({ options: { serviceName: 'orders', instrumentations: [name] } });
    expect(problems.map(({ option, value }) => [option, value])).toEqual([['instrumentations', `'${name}'`]]);
  });

  it.each<[unknown, string]>([
    [{}, 'an object without keys'],
    [{ foo: 's3cr3t', bar: 1 }, 'an object with foo, bar'],
    [{ tracing: { agent: { host: 'a' } } }, 'an object with tracing'],
    [{ agent: 's3cr3t' }, 'an object with agent'],
  ])('refuses the outputs %j, which say nothing', (stackOutputs, value) => {
    expect(problemsOf({ stackOutputs })).toEqual([
      {
        option: 'stackOutputs',
        value,
        source: 'stack outputs',
        allowed:
          'the object that `pulumi stack output --json` prints, or the path of a file that holds it: at its top an object ' +
          'agent, collector or environment',
      },
    ]);
  });

  it('refuses options that JavaScript let through', () => {
    const options: unknown = {
      serviceName: 7,
      agnet: {},
      batch: { maxQueueSize: '5', queue: 1 },
      spanLimits: [],
      propagators: 'b3',
      handleSignals: 'no',
      resourceAttributes: { a: 1 },
      onError: true,
    };
    const problems = problemsOf({ options: options as TracingOptions });
    expect(problems.map(({ option, value }) => `${option}=${value}`)).toEqual([
      'agnet={}',
      'batch.queue=1',
      'spanLimits=[]',
      'resourceAttributes={ a: 1 }',
      'serviceName=7',
      "batch.maxQueueSize='5'",
      "propagators='b3'",
      "handleSignals='no'",
      'onError=true',
    ]);
    expect(problems[0]?.remedy).toBe('did you mean agent?');
    expect(problems[1]?.allowed).toBe(
      'no option of this name; there are maxQueueSize, maxExportBatchSize, scheduledDelayMillis, exportTimeoutMillis',
    );
  });

  it.each<[unknown]>([[null], [[]], ['orders']])('refuses %j in the place of options', (options) => {
    const problems = problemsOf({
      options: options as TracingOptions,
      environment: { OTEL_SERVICE_NAME: 'a' },
    });
    expect(problems.map(({ option, allowed }) => [option, allowed])).toEqual([['options', 'an object']]);
  });

  it('lists every problem in one message', () => {
    const environment = {
      TRACEWRIGHT_AGENT_PORT: '6831',
      TRACEWRIGHT_AGENT_PROTOCOL: 'binary',
      OTEL_BSP_MAX_QUEUE_SIZE: '-1',
    };
    expect(() => parse({ environment })).toThrow(ConfigurationError);
    expect(() => parse({ environment })).toThrow(
      'The tracing configuration has 2 problems:\n' +
        "  agent.port: '6831' (TRACEWRIGHT_AGENT_PORT); allowed: the port of the binary thrift protocol, by default 6832: " +
        '6831 takes the compact one; set the port to 6832, or agent.protocol to compact\n' +
        "  batch.maxQueueSize: '-1' (OTEL_BSP_MAX_QUEUE_SIZE); allowed: a whole number from 1 to 1000000",
    );
  });
});
