import type { TracingStackOutputs } from '../../../../../runtime/src/tracing/stackOutputs.ts';

/** The outputs of a stack whose agent listens on an unusual port. */
export const stackOutputs: TracingStackOutputs = {
  namespace: 'tracing',
  jaegerVersion: '1.50.0',
  agent: {
    hostPorts: false,
    host: 'jaeger-agent.tracing.svc',
    thriftBinaryPort: 16_832,
    thriftCompactPort: 16_831,
    zipkinCompactPort: 15_775,
    samplingUrl: 'http://jaeger-agent.tracing.svc:5778/sampling',
  },
  collector: {
    grpc: 'jaeger-collector.tracing.svc:14250',
    thriftHttpUrl: 'http://jaeger-collector.tracing.svc:14268/api/traces',
    samplingUrl: 'http://jaeger-collector.tracing.svc:14268/api/sampling',
    otlpGrpcUrl: 'http://jaeger-collector.tracing.svc:4317',
    otlpHttpUrl: 'http://jaeger-collector.tracing.svc:4318',
    zipkinUrl: 'http://jaeger-collector.tracing.svc:9411/api/v2/spans',
    zipkinV1Url: 'http://jaeger-collector.tracing.svc:9411/api/v1/spans',
  },
  query: { url: 'http://jaeger-query.tracing.svc:16686', grpc: 'jaeger-query.tracing.svc:16685' },
  environment: { TRACEWRIGHT_EXPORTER: 'jaeger-agent' },
};
