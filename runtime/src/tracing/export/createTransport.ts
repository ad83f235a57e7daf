import { nodeHostProcess } from '../../core/adapters/nodeHostProcess.ts';
import type { Secret } from '../../core/secret.ts';
import { connectDatagramSocket } from './adapters/connectDatagramSocket.ts';
import { GrpcCourier, type GrpcCourierOptions } from './adapters/grpcCourier.ts';
import { type CreateJaegerExporter, loadJaegerExporter } from './adapters/loadJaegerExporter.ts';
import { loadOtlpSerializer } from './adapters/loadOtlpSerializer.ts';
import { NodeHttpClient, type NodeHttpClientOptions } from './adapters/nodeHttpClient.ts';
import { nodeTransportHost } from './adapters/nodeTransportHost.ts';
import { resolveHost } from './adapters/resolveHost.ts';
import { AgentTransport } from './agentTransport.ts';
import { authorizationHeaders } from './authorizationHeaders.ts';
import { CollectorTransport } from './collectorTransport.ts';
import type { Courier } from './courier.ts';
import type { ConnectDatagramSocket } from './datagramSocket.ts';
import { describeDestination } from './describeDestination.ts';
import type { ExporterConfig, JaegerHttpConfig, OtlpGrpcConfig, OtlpHttpConfig } from './exporterConfig.ts';
import type { ResolveHost } from './hostAddress.ts';
import type { HttpClient } from './httpClient.ts';
import { HttpCourier } from './httpCourier.ts';
import { otlpFormat, type OtlpSerializer } from './otlpFormat.ts';
import type { PayloadFormat } from './payloadFormat.ts';
import { SdkExporterTransport } from './sdkExporterTransport.ts';
import type { SpanTransport } from './spanTransport.ts';
import { thriftFormat } from './thriftFormat.ts';
import type { TransportHost } from './transportHost.ts';

// nginx, which stands before many a collector, takes a mebibyte unless it is told otherwise.
const MAX_REQUEST_BYTES = 1_000_000;
const DEFAULT_EXPORT_TIMEOUT_MILLIS = 30_000;
/** How many requests that nobody answers fit into the time of an export. */
const ATTEMPTS_IN_TIME = 3;

/** What transports need from outside; each has a real default. */
export interface TransportPorts {
  readonly host: TransportHost;
  readonly resolveHost: ResolveHost;
  readonly connectSocket: ConnectDatagramSocket;
  readonly openHttpClient: (options: NodeHttpClientOptions) => HttpClient;
  readonly openGrpcCourier: (options: GrpcCourierOptions) => Courier;
  readonly loadOtlpSerializer: () => OtlpSerializer;
  readonly loadJaegerExporter: () => CreateJaegerExporter;
}

/** How a transport is made. */
export interface TransportOptions extends Partial<TransportPorts> {
  /**
   * How long the export of a batch may take, in milliseconds (`batch.exportTimeoutMillis`). A request to a collector gets a
   * third of it, so that it can be sent again; exporter-jaeger, which sends nothing again, all of it.
   *
   * @defaultValue 30000
   */
  readonly exportTimeoutMillis?: number;
}

/**
 * The transport for a destination. It opens no connection and looks up no name before the first batch, or before it is
 * told to warm up. Libraries that only one kind of destination needs (OTLP's serializer, gRPC, exporter-jaeger) are loaded
 * for that one, here.
 *
 * @throws Error when a header of `otlp-grpc` cannot be metadata, or an URL cannot be parsed.
 */
export function createTransport(config: ExporterConfig, options: TransportOptions = {}): SpanTransport {
  const { exportTimeoutMillis = DEFAULT_EXPORT_TIMEOUT_MILLIS, ...overrides } = options;
  const ports = { ...nodeTransportPorts(), ...overrides };
  switch (config.kind) {
    case 'jaeger-agent':
      return new AgentTransport({ config, destination: describeDestination(config), ...ports });
    case 'jaeger-http':
    case 'otlp-http':
    case 'otlp-grpc':
      return new CollectorTransport({
        destination: describeDestination(config),
        ...wayToCollector(config, ports, Math.ceil(exportTimeoutMillis / ATTEMPTS_IN_TIME)),
        host: ports.host,
      });
    case 'exporter-jaeger': {
      const createExporter = ports.loadJaegerExporter();
      return new SdkExporterTransport({
        destination: describeDestination(config),
        createExporter: () => createExporter(config),
        answerTimeoutMillis: exportTimeoutMillis,
        host: ports.host,
      });
    }
  }
}

function wayToCollector(
  config: JaegerHttpConfig | OtlpHttpConfig | OtlpGrpcConfig,
  ports: TransportPorts,
  timeoutMillis: number,
): { readonly format: PayloadFormat; readonly courier: Courier } {
  const destination = describeDestination(config);
  const { url } = config;
  if (config.kind === 'otlp-grpc') {
    const courier = ports.openGrpcCourier({ destination, url, headers: revealed(config.headers), timeoutMillis });
    return { format: otlpFormat(ports.loadOtlpSerializer()), courier };
  }
  const format = config.kind === 'otlp-http' ? otlpFormat(ports.loadOtlpSerializer()) : thriftFormat(MAX_REQUEST_BYTES);
  const given = config.kind === 'otlp-http' ? revealed(config.headers) : authorizationHeaders(config.credentials);
  const headers = { 'user-agent': 'tracewright', ...given, 'content-type': format.contentType };
  return { format, courier: new HttpCourier(destination, ports.openHttpClient({ url, headers, timeoutMillis })) };
}

function revealed(headers: Readonly<Record<string, Secret>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()]));
}

function nodeTransportPorts(): TransportPorts {
  return {
    host: nodeTransportHost(nodeHostProcess()),
    resolveHost,
    connectSocket: connectDatagramSocket,
    openHttpClient: (options) => new NodeHttpClient(options),
    openGrpcCourier: (options) => new GrpcCourier(options),
    loadOtlpSerializer,
    loadJaegerExporter,
  };
}
