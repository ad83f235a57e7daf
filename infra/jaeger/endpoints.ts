import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { agentPorts, collectorPorts, queryPorts } from './ports.ts';

/** Names of the Services in the namespace. */
export const serviceNames = {
  agent: 'jaeger-agent',
  collector: 'jaeger-collector',
  collectorHeadless: 'jaeger-collector-headless',
  query: 'jaeger-query',
  elasticsearch: 'elasticsearch',
} as const;

/**
 * The in-cluster name of a Service. It ends in `.svc`, without the cluster's domain, which differs between clusters;
 * every pod's search list completes it.
 */
export function serviceHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc`;
}

/** All addresses of a stack, and the environment block that applications take. */
export function tracingEndpoints(namespace: string, jaegerVersion: string): TracingStackOutputs {
  const agent = serviceHost(serviceNames.agent, namespace);
  const collector = serviceHost(serviceNames.collector, namespace);
  const query = serviceHost(serviceNames.query, namespace);
  const thriftHttpUrl = `http://${collector}:${collectorPorts.thriftHttp.number}/api/traces`;
  const otlpHttpUrl = `http://${collector}:${collectorPorts.otlpHttp.number}`;
  return {
    namespace,
    jaegerVersion,
    agent: {
      host: agent,
      thriftBinaryPort: agentPorts.thriftBinary.number,
      thriftCompactPort: agentPorts.thriftCompact.number,
      samplingUrl: `http://${agent}:${agentPorts.sampling.number}/sampling`,
    },
    collector: {
      grpc: `${collector}:${collectorPorts.grpc.number}`,
      thriftHttpUrl,
      otlpGrpcUrl: `http://${collector}:${collectorPorts.otlpGrpc.number}`,
      otlpHttpUrl,
      zipkinUrl: `http://${collector}:${collectorPorts.zipkin.number}/api/v2/spans`,
    },
    query: { url: `http://${query}:${queryPorts.http.number}`, grpc: `${query}:${queryPorts.grpc.number}` },
    environment: {
      TRACEWRIGHT_EXPORTER: 'jaeger-agent',
      TRACEWRIGHT_AGENT_HOST: agent,
      TRACEWRIGHT_AGENT_PORT: String(agentPorts.thriftBinary.number),
      TRACEWRIGHT_COLLECTOR_URL: thriftHttpUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttpUrl,
    },
  };
}
