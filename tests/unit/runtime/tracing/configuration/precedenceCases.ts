import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';

/** A variable, its text, how the value is shown where that is another text, and variables that make it count. */
type VariableCase = readonly [name: string, text: string, shown?: string, more?: Readonly<Record<string, string>>];

/** One setting with a value of its own from each of its sources, the strongest first. */
export interface PrecedenceCase {
  readonly option: string;
  /** The row that shows it. @defaultValue that of the option */
  readonly row?: string;
  /** Options that have the setting read at all. */
  readonly base?: TracingOptions;
  readonly baseEnvironment?: Readonly<Record<string, string>>;
  readonly options?: readonly [TracingOptions, shown: string];
  readonly variables: readonly VariableCase[];
  readonly outputs?: readonly (readonly [path: string, value: unknown, shown?: string])[];
  readonly fallback?: string;
}

const otelRemote = { OTEL_TRACES_SAMPLER: 'jaeger_remote' };

const resource: readonly PrecedenceCase[] = [
  {
    option: 'disabled',
    options: [{ disabled: true }, 'true'],
    variables: [
      ['OTEL_SDK_DISABLED', 'false'],
      ['JAEGER_DISABLED', 'true'],
    ],
    fallback: 'false',
  },
  {
    option: 'serviceName',
    options: [{ serviceName: 'a' }, 'a'],
    variables: [
      ['OTEL_SERVICE_NAME', 'b'],
      ['OTEL_RESOURCE_ATTRIBUTES', 'service.name=c', 'c'],
      ['JAEGER_SERVICE_NAME', 'd'],
      ['JAEGER_TAGS', 'service.name=e', 'e'],
    ],
  },
];

const exporters: readonly PrecedenceCase[] = [
  {
    option: 'exporter',
    options: [{ exporter: 'otlp-http' }, 'otlp-http'],
    variables: [
      ['TRACEWRIGHT_EXPORTER', 'otlp-grpc'],
      ['OTEL_TRACES_EXPORTER', 'none'],
    ],
    outputs: [['environment.TRACEWRIGHT_EXPORTER', 'exporter-jaeger']],
    fallback: 'jaeger-agent',
  },
  {
    option: 'exporter, by an endpoint',
    row: 'exporter',
    variables: [
      ['TRACEWRIGHT_COLLECTOR_URL', 'http://c/', 'jaeger-http'],
      ['OTEL_EXPORTER_JAEGER_ENDPOINT', 'http://c/', 'jaeger-http'],
      ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://c/', 'otlp-http'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://c/', 'otlp-http'],
      ['JAEGER_ENDPOINT', 'http://c/', 'jaeger-http'],
    ],
    outputs: [['environment.TRACEWRIGHT_EXPORTER', 'exporter-jaeger']],
  },
  {
    option: 'agent.host',
    options: [{ agent: { host: 'a' } }, 'a'],
    variables: [
      ['TRACEWRIGHT_AGENT_HOST', 'b'],
      ['OTEL_EXPORTER_JAEGER_AGENT_HOST', 'c'],
      ['JAEGER_AGENT_HOST', 'd'],
    ],
    outputs: [['agent.host', 'e']],
    fallback: 'localhost',
  },
  {
    option: 'agent.port',
    options: [{ agent: { port: 1 } }, '1'],
    variables: [
      ['TRACEWRIGHT_AGENT_PORT', '2'],
      ['OTEL_EXPORTER_JAEGER_AGENT_PORT', '3'],
      ['JAEGER_AGENT_PORT', '4'],
    ],
    outputs: [['agent.thriftBinaryPort', 5]],
    fallback: '6832',
  },
  {
    option: 'agent.port',
    base: { agent: { protocol: 'compact' } },
    variables: [],
    outputs: [['agent.thriftCompactPort', 5]],
    fallback: '6831',
  },
  {
    option: 'agent.protocol',
    options: [{ agent: { protocol: 'binary' } }, 'binary'],
    variables: [['TRACEWRIGHT_AGENT_PROTOCOL', 'compact']],
    fallback: 'binary',
  },
  {
    option: 'agent.maxPacketBytes',
    options: [{ agent: { maxPacketBytes: 1001 } }, '1001'],
    variables: [['TRACEWRIGHT_AGENT_MAX_PACKET_BYTES', '1002']],
    fallback: '65000',
  },
  {
    option: 'collectorUrl',
    base: { exporter: 'jaeger-http' },
    options: [{ collectorUrl: 'http://a/' }, 'http://a/'],
    variables: [
      ['TRACEWRIGHT_COLLECTOR_URL', 'http://b/'],
      ['OTEL_EXPORTER_JAEGER_ENDPOINT', 'http://c/'],
      ['JAEGER_ENDPOINT', 'http://d/'],
    ],
    outputs: [['collector.thriftHttpUrl', 'http://e/']],
    fallback: 'http://localhost:14268/api/traces',
  },
  {
    option: 'collectorCredentials.username',
    base: { exporter: 'jaeger-http' },
    baseEnvironment: { JAEGER_PASSWORD: 'p' },
    options: [{ collectorCredentials: { username: 'a', password: 'p' } }, '***'],
    variables: [
      ['OTEL_EXPORTER_JAEGER_USER', 'b', '***'],
      ['JAEGER_USER', 'c', '***'],
    ],
  },
  {
    option: 'collectorCredentials.password',
    base: { exporter: 'jaeger-http' },
    baseEnvironment: { JAEGER_USER: 'u' },
    options: [{ collectorCredentials: { username: 'u', password: 'a' } }, '***'],
    variables: [
      ['OTEL_EXPORTER_JAEGER_PASSWORD', 'b', '***'],
      ['JAEGER_PASSWORD', 'c', '***'],
    ],
  },
  {
    option: 'collectorCredentials.token',
    base: { exporter: 'jaeger-http' },
    options: [{ collectorCredentials: { token: 'a' } }, '***'],
    variables: [['JAEGER_AUTH_TOKEN', 'b', '***']],
  },
  {
    option: 'otlpEndpoint',
    base: { exporter: 'otlp-http' },
    options: [{ otlpEndpoint: 'http://a' }, 'http://a/v1/traces'],
    variables: [
      ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://b/as/it/is'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://c', 'http://c/v1/traces'],
    ],
    outputs: [['collector.otlpHttpUrl', 'http://d', 'http://d/v1/traces']],
    fallback: 'http://localhost:4318/v1/traces',
  },
  {
    option: 'otlpEndpoint',
    base: { exporter: 'otlp-grpc' },
    options: [{ otlpEndpoint: 'http://a:1' }, 'http://a:1'],
    variables: [
      ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://b:1/', 'http://b:1'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://c:1'],
    ],
    outputs: [['collector.otlpGrpcUrl', 'http://d:1']],
    fallback: 'http://localhost:4317',
  },
  {
    option: 'otlpHeaders',
    row: 'otlpHeaders.k',
    base: { exporter: 'otlp-http' },
    options: [{ otlpHeaders: { k: 'a' } }, '***'],
    variables: [
      ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'k=b', '***'],
      ['OTEL_EXPORTER_OTLP_HEADERS', 'k=c', '***'],
    ],
  },
];

const limits: readonly PrecedenceCase[] = [
  {
    option: 'batch.maxQueueSize',
    options: [{ batch: { maxQueueSize: 1 } }, '1'],
    variables: [
      ['OTEL_BSP_MAX_QUEUE_SIZE', '2'],
      ['JAEGER_REPORTER_MAX_QUEUE_SIZE', '3'],
    ],
    fallback: '2048',
  },
  {
    option: 'batch.maxExportBatchSize',
    options: [{ batch: { maxExportBatchSize: 1 } }, '1'],
    variables: [['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '2']],
    fallback: '512',
  },
  {
    option: 'batch.scheduledDelayMillis',
    options: [{ batch: { scheduledDelayMillis: 1 } }, '1'],
    variables: [
      ['OTEL_BSP_SCHEDULE_DELAY', '2'],
      ['JAEGER_REPORTER_FLUSH_INTERVAL', '3'],
    ],
    fallback: '5000',
  },
  {
    option: 'batch.exportTimeoutMillis',
    base: { exporter: 'otlp-http' },
    options: [{ batch: { exportTimeoutMillis: 1 } }, '1'],
    variables: [
      ['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', '2'],
      ['OTEL_EXPORTER_OTLP_TIMEOUT', '3'],
      ['OTEL_BSP_EXPORT_TIMEOUT', '4'],
    ],
    fallback: '30000',
  },
  {
    option: 'spanLimits.attributeCountLimit',
    options: [{ spanLimits: { attributeCountLimit: 1 } }, '1'],
    variables: [
      ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', '2'],
      ['OTEL_ATTRIBUTE_COUNT_LIMIT', '3'],
    ],
    fallback: '128',
  },
  {
    option: 'spanLimits.attributeValueLengthLimit',
    options: [{ spanLimits: { attributeValueLengthLimit: 1 } }, '1'],
    variables: [
      ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', '2'],
      ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '3'],
    ],
    fallback: '16384',
  },
  {
    option: 'spanLimits.eventCountLimit',
    options: [{ spanLimits: { eventCountLimit: 0 } }, '0'],
    variables: [['OTEL_SPAN_EVENT_COUNT_LIMIT', '2']],
    fallback: '128',
  },
  {
    option: 'spanLimits.linkCountLimit',
    options: [{ spanLimits: { linkCountLimit: 1 } }, '1'],
    variables: [['OTEL_SPAN_LINK_COUNT_LIMIT', '2']],
    fallback: '128',
  },
  {
    option: 'shutdownTimeoutMillis',
    options: [{ shutdownTimeoutMillis: 1 }, '1'],
    variables: [['TRACEWRIGHT_SHUTDOWN_TIMEOUT_MILLIS', '2']],
    fallback: '5000',
  },
];

const samplers: readonly PrecedenceCase[] = [
  {
    option: 'sampler.kind',
    options: [{ sampler: { kind: 'always_off' } }, 'always_off'],
    variables: [
      ['OTEL_TRACES_SAMPLER', 'traceidratio'],
      ['JAEGER_SAMPLER_TYPE', 'ratelimiting', 'ratelimiting', { JAEGER_SAMPLER_PARAM: '1' }],
      ['JAEGER_SAMPLING_ENDPOINT', 'http://a/', 'jaeger_remote'],
      ['JAEGER_SAMPLER_MANAGER_HOST_PORT', 'a:1', 'jaeger_remote'],
    ],
    outputs: [['agent.samplingUrl', 'http://b/', 'jaeger_remote']],
    fallback: 'always_on',
  },
  {
    option: 'sampler.kind',
    base: { exporter: 'jaeger-http' },
    variables: [],
    outputs: [['collector.samplingUrl', 'http://b/', 'jaeger_remote']],
    fallback: 'always_on',
  },
  {
    option: 'sampler.parentBased',
    options: [{ sampler: { kind: 'always_on', parentBased: true } }, 'true'],
    variables: [['OTEL_TRACES_SAMPLER', 'always_on', 'false']],
    fallback: 'true',
  },
  {
    option: 'sampler.ratio',
    options: [{ sampler: { kind: 'traceidratio', ratio: 0.1 } }, '0.1'],
    variables: [
      ['OTEL_TRACES_SAMPLER_ARG', '0.2', '0.2', { OTEL_TRACES_SAMPLER: 'traceidratio' }],
      ['JAEGER_SAMPLER_PARAM', '0.3', '0.3', { JAEGER_SAMPLER_TYPE: 'probabilistic' }],
    ],
  },
  {
    option: 'sampler.ratio',
    baseEnvironment: { OTEL_TRACES_SAMPLER: 'traceidratio' },
    variables: [],
    fallback: '1',
  },
  {
    option: 'sampler.maxTracesPerSecond',
    options: [{ sampler: { kind: 'ratelimiting', maxTracesPerSecond: 0.1 } }, '0.1'],
    variables: [['JAEGER_SAMPLER_PARAM', '2.5', '2.5', { JAEGER_SAMPLER_TYPE: 'ratelimiting' }]],
  },
  {
    option: 'sampler.url',
    options: [{ sampler: { kind: 'jaeger_remote', url: 'http://a/' } }, 'http://a/'],
    variables: [
      ['OTEL_TRACES_SAMPLER_ARG', 'endpoint=http://b/', 'http://b/', otelRemote],
      ['JAEGER_SAMPLING_ENDPOINT', 'http://c/'],
      ['JAEGER_SAMPLER_MANAGER_HOST_PORT', 'd:1', 'http://d:1/sampling'],
    ],
    outputs: [['agent.samplingUrl', 'http://e/']],
  },
  {
    option: 'sampler.url',
    base: { exporter: 'otlp-grpc', sampler: { kind: 'jaeger_remote' } },
    variables: [],
    outputs: [['collector.samplingUrl', 'http://e/']],
    fallback: 'http://localhost:5778/sampling',
  },
  {
    option: 'sampler.pollingIntervalMillis',
    options: [{ sampler: { kind: 'jaeger_remote', pollingIntervalMillis: 1 } }, '1'],
    variables: [['OTEL_TRACES_SAMPLER_ARG', 'pollingIntervalMs=2', '2', otelRemote]],
  },
  {
    option: 'sampler.pollingIntervalMillis',
    base: { sampler: { kind: 'jaeger_remote' } },
    variables: [],
    fallback: '60000',
  },
  {
    option: 'sampler.initialSampleRatio',
    options: [{ sampler: { kind: 'jaeger_remote', initialSampleRatio: 0.1 } }, '0.1'],
    variables: [
      ['OTEL_TRACES_SAMPLER_ARG', 'initialSamplingRate=0.2', '0.2', otelRemote],
      ['JAEGER_SAMPLER_PARAM', '0.3', '0.3', { JAEGER_SAMPLER_TYPE: 'remote' }],
    ],
  },
  {
    option: 'sampler.initialSampleRatio',
    base: { sampler: { kind: 'jaeger_remote' } },
    variables: [],
    fallback: '1',
  },
];

const behaviour: readonly PrecedenceCase[] = [
  {
    option: 'propagators',
    options: [{ propagators: ['b3'] }, 'b3'],
    variables: [
      ['OTEL_PROPAGATORS', 'b3multi'],
      ['JAEGER_PROPAGATION', 'w3c', 'tracecontext, baggage'],
    ],
    fallback: 'tracecontext, baggage, jaeger, b3-extract',
  },
  {
    option: 'instrumentations',
    options: [{ instrumentations: [] }, 'none'],
    variables: [['TRACEWRIGHT_INSTRUMENTATIONS', 'http']],
    fallback: 'http, undici, express, fastify, pg, ioredis, redis',
  },
  {
    option: 'logCorrelation',
    options: [{ logCorrelation: ['console'] }, 'console'],
    variables: [['TRACEWRIGHT_LOG_CORRELATION', 'winston']],
    fallback: 'pino, winston',
  },
  {
    option: 'ignoreIncomingPaths',
    options: [{ ignoreIncomingPaths: ['/a'] }, '/a'],
    variables: [['TRACEWRIGHT_IGNORE_PATHS', '/b']],
    fallback: '/healthz, /livez, /metrics, /readyz, /startupz',
  },
  {
    option: 'crashRecordFile',
    options: [{ crashRecordFile: false }, 'false'],
    variables: [['TRACEWRIGHT_CRASH_RECORD_FILE', '/b']],
    fallback: '/tmp/tracewright-crash-orders.json',
  },
  {
    option: 'handleSignals',
    options: [{ handleSignals: true }, 'true'],
    variables: [['TRACEWRIGHT_HANDLE_SIGNALS', 'FALSE', 'false']],
    fallback: 'true',
  },
  {
    option: 'stackOutputs',
    options: [{ stackOutputs: '/a' }, '/a'],
    variables: [['TRACEWRIGHT_STACK_OUTPUTS_FILE', '/b']],
  },
];

/** Every setting. Some need two cases: what one value of another setting rules out cannot be in the same list. */
export const precedenceCases = [...resource, ...exporters, ...limits, ...samplers, ...behaviour];
