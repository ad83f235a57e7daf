import type { NamedPort } from '../kubernetes/ports.ts';

/** Ports of the collector: Jaeger's gRPC and thrift, OTLP, Zipkin. Source: Jaeger 1.50 `ports/ports.go`. */
export const collectorPorts = {
  grpc: { name: 'grpc', number: 14250, protocol: 'TCP' },
  thriftHttp: { name: 'thrift-http', number: 14268, protocol: 'TCP' },
  otlpGrpc: { name: 'otlp-grpc', number: 4317, protocol: 'TCP' },
  otlpHttp: { name: 'otlp-http', number: 4318, protocol: 'TCP' },
  zipkin: { name: 'zipkin', number: 9411, protocol: 'TCP' },
} as const satisfies Record<string, NamedPort>;

/** Ports of the query service: API and UI, and the gRPC API. */
export const queryPorts = {
  http: { name: 'http', number: 16686, protocol: 'TCP' },
  grpc: { name: 'grpc', number: 16685, protocol: 'TCP' },
} as const satisfies Record<string, NamedPort>;

/** Ports of the agent: thrift over UDP in three forms, sampling strategies over HTTP. */
export const agentPorts = {
  thriftCompact: { name: 'thrift-compact', number: 6831, protocol: 'UDP' },
  thriftBinary: { name: 'thrift-binary', number: 6832, protocol: 'UDP' },
  zipkinCompact: { name: 'zipkin-compact', number: 5775, protocol: 'UDP' },
  sampling: { name: 'sampling', number: 5778, protocol: 'TCP' },
} as const satisfies Record<string, NamedPort>;

/** Health, metrics and profiles. In no Service: profiles are for nobody but Prometheus and the kubelet, which ask the pod. */
export const adminPorts = {
  collector: { name: 'admin', number: 14269, protocol: 'TCP' },
  query: { name: 'admin', number: 16687, protocol: 'TCP' },
  agent: { name: 'admin', number: 14271, protocol: 'TCP' },
  ingester: { name: 'admin', number: 14270, protocol: 'TCP' },
} as const satisfies Record<string, NamedPort>;

/** What oauth2-proxy listens on: log-ins and what is behind them, and its metrics. Source: its own defaults. */
export const oauth2ProxyPorts = {
  http: { name: 'http', number: 4180, protocol: 'TCP' },
  metrics: { name: 'metrics', number: 44180, protocol: 'TCP' },
} as const satisfies Record<string, NamedPort>;
