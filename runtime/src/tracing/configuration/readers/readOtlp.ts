import type { OtlpGrpcConfig, OtlpHttpConfig } from '../../export/exporterConfig.ts';
import { type ConfigurationReader, DEFAULT, type Found } from './configurationReader.ts';
import { OTLP_ENDPOINT, OTLP_HEADERS, OTLP_PROTOCOL } from '../settings/exporterSettings.ts';

type Kind = (OtlpHttpConfig | OtlpGrpcConfig)['kind'];

const TRACES_PATH = '/v1/traces';
const USUAL_ENDPOINT: Readonly<Record<Kind, string>> = {
  'otlp-http': 'http://localhost:4318',
  'otlp-grpc': 'http://localhost:4317',
};
const OUTPUT: Readonly<Record<Kind, string>> = {
  'otlp-http': 'collector.otlpHttpUrl',
  'otlp-grpc': 'collector.otlpGrpcUrl',
};

/** Where OTLP is taken, and what goes with every request. */
export function readOtlp(reader: ConfigurationReader, kind: Kind): OtlpHttpConfig | OtlpGrpcConfig {
  const found = reader.peek(OTLP_ENDPOINT, { outputs: [OUTPUT[kind]] });
  if (found !== undefined) {
    refuseOtherProtocol(reader, found, kind);
    refusePath(reader, found, kind);
  }
  const endpoint = found?.value ?? USUAL_ENDPOINT[kind];
  const isWhole = found?.source === 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  const url = kind === 'otlp-grpc' ? new URL(endpoint).origin : isWhole ? endpoint : withTracesPath(endpoint);
  reader.note(OTLP_ENDPOINT, url, found?.source ?? DEFAULT);
  return { kind, url, headers: reader.read(OTLP_HEADERS) };
}

/**
 * The environment names one endpoint with one protocol. A stack's block of variables, for one, has that of HTTP: gRPC
 * would be answered there by nothing that anybody can read.
 */
function refuseOtherProtocol(reader: ConfigurationReader, endpoint: Found<string>, kind: Kind): void {
  if (!endpoint.source.startsWith('OTEL_')) return;
  const protocol = reader.peek(OTLP_PROTOCOL);
  if (protocol === undefined || protocol.value === kind) return;
  reader.refuse(OTLP_ENDPOINT, endpoint, {
    allowed: `an endpoint for ${kind}: ${protocol.source} says that this one takes ${String(protocol.given)}`,
    remedy: `set otlpEndpoint, or the exporter to ${protocol.value}`,
  });
}

function refusePath(reader: ConfigurationReader, endpoint: Found<string>, kind: Kind): void {
  const { pathname, search } = new URL(endpoint.value);
  if (kind === 'otlp-grpc' && (pathname !== '/' || search !== ''))
    reader.refuse(OTLP_ENDPOINT, endpoint, { allowed: 'an URL without a path, like http://collector:4317' });
  const isBase = kind === 'otlp-http' && endpoint.source !== 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  if (isBase && pathname.replace(/\/+$/, '').endsWith(TRACES_PATH))
    reader.refuse(OTLP_ENDPOINT, endpoint, {
      allowed: `the URL without ${TRACES_PATH}, which is added`,
      remedy: `leave ${TRACES_PATH} out, or set OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`,
    });
}

function withTracesPath(endpoint: string): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${TRACES_PATH}`;
  return url.href;
}
