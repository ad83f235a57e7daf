/**
 * What a Tracewright stack tells the applications that report to it.
 *
 * This is the one place where the contract between `@tracewright/infra` (which writes these outputs) and
 * `@tracewright/runtime` (which reads them) is written down. `pulumi stack output --json` prints one such object: each key
 * is one stack output.
 *
 * Every address but `query.publicUrl` is an in-cluster one: it resolves from pods of the cluster the stack was deployed to.
 */
export interface TracingStackOutputs {
  /** The namespace that Jaeger runs in. */
  readonly namespace: string;
  /** The deployed Jaeger version, such as `1.50.0`. */
  readonly jaegerVersion: string;
  /** The agent, which takes spans over UDP and forwards them to the collectors. */
  readonly agent: TracingAgentOutputs;
  /** The collector's endpoints, for applications that bypass the agent. */
  readonly collector: TracingCollectorOutputs;
  /** The query service: the API and, with an official image, the UI. */
  readonly query: TracingQueryOutputs;
  /**
   * Environment variables that an application takes as they are (`envFrom` a ConfigMap): the exporter, its address, the
   * OTLP endpoint and its protocol. The application itself adds `OTEL_SERVICE_NAME` and, where wanted, `OTEL_RESOURCE_ATTRIBUTES` and
   * `OTEL_BSP_*`.
   */
  readonly environment: Readonly<Record<string, string>>;
}

/** Addresses of the Jaeger agent. */
export interface TracingAgentOutputs {
  /**
   * Whether the agent listens on its ports of every node too: a pod reaches the one of its own node at `status.hostIP`.
   * The agent then runs in a namespace of its own.
   */
  readonly hostPorts: boolean;
  /** Host name of the agent's Service. */
  readonly host: string;
  /** UDP port of the binary thrift protocol, which `@opentelemetry/exporter-jaeger` speaks: 6832 in Jaeger's defaults. */
  readonly thriftBinaryPort: number;
  /** UDP port of the compact thrift protocol: 6831 in Jaeger's defaults. */
  readonly thriftCompactPort: number;
  /** UDP port of the compact thrift protocol with Zipkin's spans, of clients older than Jaeger's own: 5775 in Jaeger's defaults. */
  readonly zipkinCompactPort: number;
  /** URL that serves sampling strategies: port 5778, path `/sampling`. */
  readonly samplingUrl: string;
}

/** Addresses of the Jaeger collector. */
export interface TracingCollectorOutputs {
  /** `host:port` of Jaeger's own gRPC protocol: port 14250. */
  readonly grpc: string;
  /** URL that takes thrift batches over HTTP: port 14268, path `/api/traces`. */
  readonly thriftHttpUrl: string;
  /** URL that serves sampling strategies to clients that bypass the agent: port 14268, path `/api/sampling`. */
  readonly samplingUrl: string;
  /** URL of OTLP over gRPC: port 4317. */
  readonly otlpGrpcUrl: string;
  /** Base URL of OTLP over HTTP, without `/v1/traces`: port 4318. */
  readonly otlpHttpUrl: string;
  /** URL that takes Zipkin spans of version 2, JSON or protobuf: port 9411, path `/api/v2/spans`. */
  readonly zipkinUrl: string;
  /** URL that takes Zipkin spans of version 1, JSON or thrift: port 9411, path `/api/v1/spans`. */
  readonly zipkinV1Url: string;
}

/** Addresses of the Jaeger query service. */
export interface TracingQueryOutputs {
  /** Base URL of the HTTP API and the UI: port 16686. */
  readonly url: string;
  /** Base URL outside the cluster; missing without an ingress. */
  readonly publicUrl?: string;
  /** `host:port` of the gRPC query API: port 16685. */
  readonly grpc: string;
}
