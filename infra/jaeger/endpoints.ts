import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { agentPorts, collectorPorts, queryPorts } from './ports.ts';

/** Names of the components' objects in the namespace; Services among them. */
export const serviceNames = {
  agent: 'jaeger-agent',
  collector: 'jaeger-collector',
  collectorHeadless: 'jaeger-collector-headless',
  query: 'jaeger-query',
  ingester: 'jaeger-ingester',
  indexCleaner: 'jaeger-index-cleaner',
  elasticsearch: 'elasticsearch',
  kafka: 'kafka',
  oauth2Proxy: 'oauth2-proxy',
  policyCheck: 'network-policy-check',
} as const;

/**
 * The in-cluster name of a Service. It ends in `.svc`, without the cluster's domain, which differs between clusters;
 * every pod's search list completes it.
 */
export function serviceHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc`;
}

/** Name of the ConfigMap that pods take with `envFrom`. */
export const applicationEnvironmentName = 'tracewright-environment';

/** The address that an Ingress serves the UI at. */
export function ingressUrl({
  host,
  tlsSecretName,
  basePath = '',
}: {
  readonly host: string;
  readonly tlsSecretName?: string | undefined;
  readonly basePath?: string | undefined;
}): string {
  return `${tlsSecretName === undefined ? 'http' : 'https'}://${host}${basePath}`;
}

/** What decides a stack's addresses. */
export interface EndpointArgs {
  readonly namespace: string;
  readonly jaegerVersion: string;
  /** Whether the agent listens on ports of the nodes too, which puts it in a namespace of its own. */
  readonly hostPorts: boolean;
  /** Path that the query service's API and UI lie under. @defaultValue none */
  readonly basePath?: string | undefined;
  /** Address of the query service outside the cluster, where there is an ingress. */
  readonly publicUrl?: string | undefined;
}

/** What the namespace of an agent with ports of its node has behind that of Jaeger. */
export const agentSuffix = '-agent';

/** The namespace of a stack's agent: Jaeger's own, unless the agent takes ports of the nodes, which "restricted" forbids. */
export function agentNamespace({ namespace, hostPorts }: Pick<EndpointArgs, 'namespace' | 'hostPorts'>): string {
  return hostPorts ? `${namespace}${agentSuffix}` : namespace;
}

/** All addresses of a stack, and the environment block that applications take. */
export function tracingEndpoints(args: EndpointArgs): TracingStackOutputs {
  const { namespace, jaegerVersion } = args;
  const agent = agentOutputs(args);
  const collector = collectorOutputs(serviceHost(serviceNames.collector, namespace));
  return {
    namespace,
    jaegerVersion,
    agent,
    collector,
    query: queryOutputs(args),
    environment: {
      TRACEWRIGHT_EXPORTER: 'jaeger-agent',
      TRACEWRIGHT_AGENT_HOST: agent.host,
      TRACEWRIGHT_AGENT_PORT: String(agent.thriftBinaryPort),
      TRACEWRIGHT_COLLECTOR_URL: collector.thriftHttpUrl,
      // Traces that begin in an application are sampled as the stack says, and go on to be when it says otherwise.
      JAEGER_SAMPLING_ENDPOINT: agent.samplingUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl,
      // The endpoint's port speaks HTTP; SDKs of other languages take gRPC where no protocol is named.
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    },
  };
}

function agentOutputs(args: EndpointArgs): TracingStackOutputs['agent'] {
  const host = serviceHost(serviceNames.agent, agentNamespace(args));
  return {
    hostPorts: args.hostPorts,
    host,
    thriftBinaryPort: agentPorts.thriftBinary.number,
    thriftCompactPort: agentPorts.thriftCompact.number,
    zipkinCompactPort: agentPorts.zipkinCompact.number,
    samplingUrl: `http://${host}:${agentPorts.sampling.number}/sampling`,
  };
}

/** Paths: Jaeger 1.50 `cmd/collector/app/handler/http_handler.go` and the Zipkin receiver's own. */
function collectorOutputs(host: string): TracingStackOutputs['collector'] {
  const thriftHttp = `http://${host}:${collectorPorts.thriftHttp.number}`;
  const zipkin = `http://${host}:${collectorPorts.zipkin.number}`;
  return {
    grpc: `${host}:${collectorPorts.grpc.number}`,
    thriftHttpUrl: `${thriftHttp}/api/traces`,
    samplingUrl: `${thriftHttp}/api/sampling`,
    otlpGrpcUrl: `http://${host}:${collectorPorts.otlpGrpc.number}`,
    otlpHttpUrl: `http://${host}:${collectorPorts.otlpHttp.number}`,
    zipkinUrl: `${zipkin}/api/v2/spans`,
    zipkinV1Url: `${zipkin}/api/v1/spans`,
  };
}

function queryOutputs({ namespace, basePath = '', publicUrl }: EndpointArgs): TracingStackOutputs['query'] {
  const host = serviceHost(serviceNames.query, namespace);
  return {
    url: `http://${host}:${queryPorts.http.number}${basePath}`,
    grpc: `${host}:${queryPorts.grpc.number}`,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  };
}
