import type { Secret } from '../../core/secret.ts';

/** What a collector is shown to let spans in: a name and a password (HTTP basic), or a bearer token. */
export type Credentials = { readonly username: string; readonly password: Secret } | { readonly token: Secret };

/** Our own encoder, over UDP to a Jaeger agent. */
export interface JaegerAgentConfig {
  readonly kind: 'jaeger-agent';
  /** Host name, IPv4 or IPv6 address (without brackets). */
  readonly host: string;
  /** UDP port, 1 to 65535: by convention 6832 takes the binary protocol and 6831 the compact one. */
  readonly port: number;
  readonly protocol: 'binary' | 'compact';
  /** The largest packet, in bytes: 1000 to 65000. Over 1,500 a packet may vanish on overlay networks. */
  readonly maxPacketBytes: number;
}

/** Our own encoder, over HTTP to the collector's thrift endpoint. */
export interface JaegerHttpConfig {
  readonly kind: 'jaeger-http';
  /** `http:` or `https:`, with its path: `http://collector:14268/api/traces`. User info in it is not used. */
  readonly url: string;
  readonly credentials?: Credentials;
}

/** OTLP over HTTP, as protobuf. */
export interface OtlpHttpConfig {
  readonly kind: 'otlp-http';
  /** `http:` or `https:`, with its path: `http://collector:4318/v1/traces`. */
  readonly url: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, Secret>>;
}

/** OTLP over gRPC. */
export interface OtlpGrpcConfig {
  readonly kind: 'otlp-grpc';
  /** Without a path: `http://collector:4317` in the clear, `https:` with TLS. */
  readonly url: string;
  /** Sent with every call, as metadata. */
  readonly headers: Readonly<Record<string, Secret>>;
}

/** The commissioned `@opentelemetry/exporter-jaeger` over UDP, which speaks the binary protocol. */
export interface ExporterJaegerUdpConfig {
  readonly kind: 'exporter-jaeger';
  readonly transport: 'udp';
  /** Host name or IPv4 address: it opens IPv4 sockets only, and asks DNS for every packet. */
  readonly host: string;
  /** UDP port of the binary protocol, 1 to 65535. */
  readonly port: number;
  /** The largest packet, in bytes: 1000 to 65000. */
  readonly maxPacketBytes: number;
}

/** The commissioned `@opentelemetry/exporter-jaeger` over HTTP. */
export interface ExporterJaegerHttpConfig {
  readonly kind: 'exporter-jaeger';
  readonly transport: 'http';
  /** `http:` or `https:`, with its path: `http://collector:14268/api/traces`. */
  readonly url: string;
  /** It knows no bearer tokens. */
  readonly credentials?: Extract<Credentials, { readonly username: string }>;
}

/** Where spans go and how, complete and checked. One `SpanTransport` stands behind each. */
export type ExporterConfig =
  | JaegerAgentConfig
  | JaegerHttpConfig
  | OtlpHttpConfig
  | OtlpGrpcConfig
  | ExporterJaegerUdpConfig
  | ExporterJaegerHttpConfig;
