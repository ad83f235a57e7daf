import { type Candidate, ConfigurationReader, firstGiven } from './configurationReader.ts';
import { INSTRUMENTATION_NAMES, type InstrumentationName } from '../instrumentationName.ts';
import { parseResourceAttributes } from './parseResourceAttributes.ts';
import type { BatchLimits, ExporterConfig, TracingConfig } from './tracingConfig.ts';
import type { ExporterKind, TracingOptions } from './tracingOptions.ts';

/** The three sources of a tracing configuration, the strongest first. */
export interface TracingSources {
  /** What the caller gave. Its `stackOutputs` and `onError` are not read here. */
  readonly options: TracingOptions;
  /** The stack outputs as they came out of JSON, or `undefined` where there are none. */
  readonly stackOutputs: unknown;
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const EXPORTER_KINDS: readonly ExporterKind[] = ['jaeger-agent', 'jaeger-http', 'otlp'];
const MAX_QUEUE_SIZE = 1_000_000;
const MAX_MILLIS = 600_000;
const COMPACT_THRIFT_PORT = 6831;
const PROBE_PATHS = ['/healthz', '/livez', '/readyz', '/startupz'];
const OPTION_NAMES = [
  'serviceName',
  'resourceAttributes',
  'exporter',
  'agent',
  'collectorUrl',
  'otlpEndpoint',
  'batch',
  'instrumentations',
  'ignoreIncomingPaths',
  'shutdownTimeoutMillis',
  'handleSignals',
  'stackOutputs',
  'onError',
];
const AGENT_OPTION_NAMES = ['host', 'port', 'maxPacketBytes'];
const BATCH_OPTION_NAMES = ['maxQueueSize', 'maxExportBatchSize', 'scheduledDelayMillis', 'exportTimeoutMillis'];

/**
 * One complete configuration out of explicit options, stack outputs and environment, in that order. Pure: the same
 * sources give the same answer, and nothing but them is looked at.
 *
 * @throws ConfigurationError with every problem at once.
 */
export function parseTracingConfig(sources: TracingSources): TracingConfig {
  const reader = new ConfigurationReader();
  checkShapes(reader, sources);
  const { serviceName, resourceAttributes } = readResource(reader, sources);
  const config: TracingConfig = {
    serviceName,
    resourceAttributes,
    exporter: readExporter(reader, sources),
    batch: readBatch(reader, sources),
    instrumentations: readInstrumentations(reader, sources),
    ignoreIncomingPaths: readIgnoredPaths(reader, sources),
    shutdownTimeoutMillis: reader.integer(
      'shutdownTimeoutMillis',
      [given(sources.options.shutdownTimeoutMillis), variable(sources, 'TRACEWRIGHT_SHUTDOWN_TIMEOUT_MILLIS')],
      { min: 1, max: MAX_MILLIS, fallback: 5000 },
    ),
    handleSignals: reader.boolean('handleSignals', [given(sources.options.handleSignals)], true),
  };
  reader.throwIfAnything();
  return config;
}

function checkShapes(reader: ConfigurationReader, { options, stackOutputs }: TracingSources): void {
  reader.onlyKeys('', options, OPTION_NAMES);
  reader.onlyKeys('agent', options.agent, AGENT_OPTION_NAMES);
  reader.onlyKeys('batch', options.batch, BATCH_OPTION_NAMES);
  if (stackOutputs !== undefined && !isRecord(stackOutputs)) {
    reader.report(
      'stackOutputs',
      { value: stackOutputs, source: 'stack outputs' },
      'the object that `pulumi stack output --json` prints',
    );
  }
}

function readResource(
  reader: ConfigurationReader,
  sources: TracingSources,
): Pick<TracingConfig, 'serviceName' | 'resourceAttributes'> {
  const source = variable(sources, 'OTEL_RESOURCE_ATTRIBUTES');
  const { attributes, mistake } = parseResourceAttributes(typeof source.value === 'string' ? source.value : '');
  if (mistake !== undefined)
    reader.report(
      'resourceAttributes',
      { ...source, value: mistake },
      'key=value pairs joined by commas, percent-encoded',
    );
  const { 'service.name': named, ...resourceAttributes } = { ...attributes, ...readAttributeOption(reader, sources) };
  const candidates = [
    given(sources.options.serviceName),
    variable(sources, 'OTEL_SERVICE_NAME'),
    { value: named, source: 'OTEL_RESOURCE_ATTRIBUTES' },
  ];
  if (firstGiven(candidates) === undefined) {
    reader.report(
      'serviceName',
      { value: undefined, source: 'not given' },
      'a name, as the option serviceName or in OTEL_SERVICE_NAME',
    );
  }
  return {
    serviceName: reader.text('serviceName', candidates, /\S/, 'a name that is not blank', ''),
    resourceAttributes,
  };
}

function readAttributeOption(reader: ConfigurationReader, { options }: TracingSources): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries<unknown>(options.resourceAttributes ?? {})) {
    if (typeof value === 'string') attributes[key] = value;
    else reader.report(`resourceAttributes.${key}`, given(value), 'a string');
  }
  return attributes;
}

function readExporter(reader: ConfigurationReader, sources: TracingSources): ExporterConfig {
  const kind = reader.choice(
    'exporter',
    [
      given(sources.options.exporter),
      output(sources, 'environment', 'TRACEWRIGHT_EXPORTER'),
      variable(sources, 'TRACEWRIGHT_EXPORTER'),
    ],
    EXPORTER_KINDS,
    'jaeger-agent',
  );
  switch (kind) {
    case 'jaeger-agent':
      return readAgent(reader, sources);
    case 'jaeger-http': {
      const candidates = [
        given(sources.options.collectorUrl),
        output(sources, 'collector', 'thriftHttpUrl'),
        variable(sources, 'TRACEWRIGHT_COLLECTOR_URL'),
      ];
      return { kind, url: reader.httpUrl('collectorUrl', candidates, 'http://localhost:14268/api/traces') };
    }
    case 'otlp': {
      const candidates = [
        given(sources.options.otlpEndpoint),
        output(sources, 'collector', 'otlpHttpUrl'),
        variable(sources, 'OTEL_EXPORTER_OTLP_ENDPOINT'),
      ];
      const endpoint = reader.httpUrl('otlpEndpoint', candidates, 'http://localhost:4318');
      return { kind, url: `${endpoint.replace(/\/+$/, '')}/v1/traces` };
    }
  }
}

function readAgent(reader: ConfigurationReader, sources: TracingSources): ExporterConfig {
  const { agent } = sources.options;
  const rival = variable(sources, 'OTEL_EXPORTER_JAEGER_ENDPOINT');
  if (firstGiven([rival]) !== undefined) {
    // exporter-jaeger reads this variable behind our back and then ignores the agent's address.
    reader.report(
      'exporter',
      rival,
      'OTEL_EXPORTER_JAEGER_ENDPOINT unset, or exporter jaeger-http with the address in TRACEWRIGHT_COLLECTOR_URL',
    );
  }
  return {
    kind: 'jaeger-agent',
    host: reader.text(
      'agent.host',
      [given(agent?.host), output(sources, 'agent', 'host'), variable(sources, 'TRACEWRIGHT_AGENT_HOST')],
      /^[\w.-]+$/,
      'a host name or an IPv4 address, without scheme or port',
      'localhost',
    ),
    port: reader.integer(
      'agent.port',
      [given(agent?.port), output(sources, 'agent', 'thriftBinaryPort'), variable(sources, 'TRACEWRIGHT_AGENT_PORT')],
      { min: 1, max: 65_535, fallback: 6832, refuse: refuseCompactPort },
    ),
    maxPacketBytes: reader.integer(
      'agent.maxPacketBytes',
      [given(agent?.maxPacketBytes), variable(sources, 'TRACEWRIGHT_AGENT_MAX_PACKET_BYTES')],
      {
        min: 1000,
        max: 65_000,
        fallback: 65_000,
      },
    ),
  };
}

function refuseCompactPort(port: number): string | undefined {
  if (port !== COMPACT_THRIFT_PORT) return undefined;
  return 'the port of the binary thrift protocol, 6832 by default: 6831 takes the compact protocol, which the Jaeger exporter does not write';
}

function readBatch(reader: ConfigurationReader, sources: TracingSources): BatchLimits {
  const { batch } = sources.options;
  const millis = (option: 'scheduledDelayMillis' | 'exportTimeoutMillis', name: string, fallback: number): number =>
    reader.integer(`batch.${option}`, [given(batch?.[option]), variable(sources, name)], {
      min: 1,
      max: MAX_MILLIS,
      fallback,
    });
  const maxQueueSize = reader.integer(
    'batch.maxQueueSize',
    [given(batch?.maxQueueSize), variable(sources, 'OTEL_BSP_MAX_QUEUE_SIZE')],
    {
      min: 1,
      max: MAX_QUEUE_SIZE,
      fallback: 2048,
    },
  );
  const maxExportBatchSize = reader.integer(
    'batch.maxExportBatchSize',
    [given(batch?.maxExportBatchSize), variable(sources, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE')],
    {
      min: 1,
      max: maxQueueSize,
      fallback: Math.min(512, maxQueueSize),
      allowed: `a whole number from 1 to batch.maxQueueSize (${maxQueueSize})`,
    },
  );
  return {
    maxQueueSize,
    maxExportBatchSize,
    scheduledDelayMillis: millis('scheduledDelayMillis', 'OTEL_BSP_SCHEDULE_DELAY', 5000),
    exportTimeoutMillis: millis('exportTimeoutMillis', 'OTEL_BSP_EXPORT_TIMEOUT', 30_000),
  };
}

function readInstrumentations(reader: ConfigurationReader, sources: TracingSources): readonly InstrumentationName[] {
  const candidates = [given(sources.options.instrumentations), variable(sources, 'TRACEWRIGHT_INSTRUMENTATIONS')];
  const names = reader.list('instrumentations', candidates, INSTRUMENTATION_NAMES);
  const source = firstGiven(candidates)?.source ?? '';
  if (names.length === 1 && names[0] === 'none' && source !== 'options') return [];
  return names.flatMap((name) => {
    const found = INSTRUMENTATION_NAMES.find((known) => known === name);
    if (found === undefined)
      reader.report('instrumentations', { value: name, source }, `any of ${INSTRUMENTATION_NAMES.join(', ')}`);
    return found ?? [];
  });
}

function readIgnoredPaths(reader: ConfigurationReader, sources: TracingSources): readonly string[] {
  const candidates = [given(sources.options.ignoreIncomingPaths), variable(sources, 'TRACEWRIGHT_IGNORE_PATHS')];
  const paths = reader.list('ignoreIncomingPaths', candidates, PROBE_PATHS);
  const source = firstGiven(candidates)?.source ?? '';
  for (const path of paths) {
    if (!/^\/[^?#]*$/.test(path))
      reader.report('ignoreIncomingPaths', { value: path, source }, 'paths that begin with / and have no query');
  }
  return paths;
}

function given(value: unknown): Candidate {
  return { value, source: 'options' };
}

function output({ stackOutputs }: TracingSources, group: string, key: string): Candidate {
  const values = isRecord(stackOutputs) ? stackOutputs[group] : undefined;
  return { value: isRecord(values) ? values[key] : undefined, source: `stack outputs: ${group}.${key}` };
}

function variable({ environment }: TracingSources, name: string): Candidate {
  return { value: environment[name], source: name, isText: true };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
