/** The names of the exporters, as the option and `TRACEWRIGHT_EXPORTER` take them. */
export const EXPORTER_KINDS = [
  'jaeger-agent',
  'jaeger-http',
  'otlp-http',
  'otlp-grpc',
  'exporter-jaeger',
  'otlp',
  'none',
] as const;

/**
 * How spans leave the process:
 *
 * - `jaeger-agent`: over UDP to the Jaeger agent.
 * - `jaeger-http`: over HTTP to the collector's thrift endpoint.
 * - `otlp-http`, or `otlp` for short: OTLP over HTTP, as protobuf.
 * - `otlp-grpc`: OTLP over gRPC.
 * - `exporter-jaeger`: OpenTelemetry's own Jaeger exporter. It sends to the agent, unless `collectorUrl` is given as an
 *   option, or by `OTEL_EXPORTER_JAEGER_ENDPOINT` or `JAEGER_ENDPOINT`.
 * - `none`: not at all. Trace context is carried on and log lines get their IDs all the same.
 */
export type ExporterKind = (typeof EXPORTER_KINDS)[number];

/** Where the Jaeger agent listens. */
export interface AgentOptions {
  /**
   * Host name or IP address.
   *
   * Environment: `TRACEWRIGHT_AGENT_HOST`, `OTEL_EXPORTER_JAEGER_AGENT_HOST`, `JAEGER_AGENT_HOST`.
   * @defaultValue `'localhost'`
   */
  readonly host?: string;
  /**
   * UDP port, 1 to 65535. By convention 6832 takes the binary protocol and 6831 the compact one: each of them is refused
   * with the other protocol.
   *
   * Environment: `TRACEWRIGHT_AGENT_PORT`, `OTEL_EXPORTER_JAEGER_AGENT_PORT`, `JAEGER_AGENT_PORT`.
   * @defaultValue 6832, or 6831 with the compact protocol
   */
  readonly port?: number;
  /**
   * Which form of thrift is written. `exporter-jaeger` knows only the binary one.
   *
   * Environment: `TRACEWRIGHT_AGENT_PROTOCOL`.
   * @defaultValue `'compact'` where the port is given as 6831, otherwise `'binary'`
   */
  readonly protocol?: 'binary' | 'compact';
  /**
   * The largest packet, in bytes: 1000 to 65000. Over 1,500 a packet may vanish on overlay networks.
   *
   * Environment: `TRACEWRIGHT_AGENT_MAX_PACKET_BYTES`.
   * @defaultValue 65000, the largest that the agent takes
   */
  readonly maxPacketBytes?: number;
}

/** What the collector is shown: a name and a password (HTTP basic), or a bearer token. Never printed. */
export type CollectorCredentials =
  | {
      /** Environment: `OTEL_EXPORTER_JAEGER_USER`, `JAEGER_USER`. */
      readonly username: string;
      /** Environment: `OTEL_EXPORTER_JAEGER_PASSWORD`, `JAEGER_PASSWORD`. */
      readonly password: string;
    }
  | {
      /** Environment: `JAEGER_AUTH_TOKEN`. `exporter-jaeger` knows no tokens. */
      readonly token: string;
    };
