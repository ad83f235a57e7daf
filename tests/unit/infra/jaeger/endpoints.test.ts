import { describe, expect, it } from 'vitest';
import { tracingEndpoints } from '../../../../infra/jaeger/endpoints.ts';

describe('tracingEndpoints', () => {
  it('names every address of a stack, and the environment that applications take', () => {
    expect(tracingEndpoints('jaeger', '1.50.0')).toEqual({
      namespace: 'jaeger',
      jaegerVersion: '1.50.0',
      agent: {
        host: 'jaeger-agent.jaeger.svc',
        thriftBinaryPort: 6832,
        thriftCompactPort: 6831,
        samplingUrl: 'http://jaeger-agent.jaeger.svc:5778/sampling',
      },
      collector: {
        grpc: 'jaeger-collector.jaeger.svc:14250',
        thriftHttpUrl: 'http://jaeger-collector.jaeger.svc:14268/api/traces',
        otlpGrpcUrl: 'http://jaeger-collector.jaeger.svc:4317',
        otlpHttpUrl: 'http://jaeger-collector.jaeger.svc:4318',
        zipkinUrl: 'http://jaeger-collector.jaeger.svc:9411/api/v2/spans',
      },
      query: { url: 'http://jaeger-query.jaeger.svc:16686', grpc: 'jaeger-query.jaeger.svc:16685' },
      environment: {
        TRACEWRIGHT_EXPORTER: 'jaeger-agent',
        TRACEWRIGHT_AGENT_HOST: 'jaeger-agent.jaeger.svc',
        TRACEWRIGHT_AGENT_PORT: '6832',
        TRACEWRIGHT_COLLECTOR_URL: 'http://jaeger-collector.jaeger.svc:14268/api/traces',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger-collector.jaeger.svc:4318',
      },
    });
  });
});
