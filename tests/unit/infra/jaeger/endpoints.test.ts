import { describe, expect, it } from 'vitest';
import { tracingEndpoints } from '../../../../infra/jaeger/endpoints.ts';

const args = { namespace: 'jaeger', jaegerVersion: '1.50.0', hostPorts: false };

describe('tracingEndpoints', () => {
  it('names every address of a stack, and the environment that applications take', () => {
    expect(tracingEndpoints(args)).toEqual({
      namespace: 'jaeger',
      jaegerVersion: '1.50.0',
      agent: {
        hostPorts: false,
        host: 'jaeger-agent.jaeger.svc',
        thriftBinaryPort: 6832,
        thriftCompactPort: 6831,
        zipkinCompactPort: 5775,
        samplingUrl: 'http://jaeger-agent.jaeger.svc:5778/sampling',
      },
      collector: {
        grpc: 'jaeger-collector.jaeger.svc:14250',
        thriftHttpUrl: 'http://jaeger-collector.jaeger.svc:14268/api/traces',
        samplingUrl: 'http://jaeger-collector.jaeger.svc:14268/api/sampling',
        otlpGrpcUrl: 'http://jaeger-collector.jaeger.svc:4317',
        otlpHttpUrl: 'http://jaeger-collector.jaeger.svc:4318',
        zipkinUrl: 'http://jaeger-collector.jaeger.svc:9411/api/v2/spans',
        zipkinV1Url: 'http://jaeger-collector.jaeger.svc:9411/api/v1/spans',
      },
      query: { url: 'http://jaeger-query.jaeger.svc:16686', grpc: 'jaeger-query.jaeger.svc:16685' },
      environment: {
        TRACEWRIGHT_EXPORTER: 'jaeger-agent',
        TRACEWRIGHT_AGENT_HOST: 'jaeger-agent.jaeger.svc',
        TRACEWRIGHT_AGENT_PORT: '6832',
        TRACEWRIGHT_COLLECTOR_URL: 'http://jaeger-collector.jaeger.svc:14268/api/traces',
        JAEGER_SAMPLING_ENDPOINT: 'http://jaeger-agent.jaeger.svc:5778/sampling',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger-collector.jaeger.svc:4318',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      },
    });
  });

  it('finds an agent with host ports in its own namespace', () => {
    const { agent, environment } = tracingEndpoints({ ...args, hostPorts: true });
    expect(agent).toMatchObject({ hostPorts: true, host: 'jaeger-agent.jaeger-agent.svc' });
    expect(environment['TRACEWRIGHT_AGENT_HOST']).toBe('jaeger-agent.jaeger-agent.svc');
  });

  it('names the address outside, where there is an ingress', () => {
    const publicUrl = 'https://traces.example';
    expect(tracingEndpoints({ ...args, publicUrl }).query).toEqual({
      url: 'http://jaeger-query.jaeger.svc:16686',
      publicUrl,
      grpc: 'jaeger-query.jaeger.svc:16685',
    });
  });
});
