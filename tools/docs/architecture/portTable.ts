import { adminPorts, agentPorts, collectorPorts, oauth2ProxyPorts, queryPorts } from '../../../infra/jaeger/ports.ts';
import { elasticsearchHttpPort } from '../../../infra/jaeger/elasticsearchFiles.ts';
import { kafkaPort } from '../../../infra/jaeger/kafkaFiles.ts';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import type { NamedPort } from '../../../infra/kubernetes/ports.ts';
import { code, table } from '../markdown.ts';

/** What speaks there. A port without a line here does not compile. */
type Purposes<Ports> = Readonly<Record<keyof Ports, string>>;

const agentPurposes: Purposes<typeof agentPorts> = {
  thriftCompact: 'spans, compact thrift: Jaeger client libraries',
  thriftBinary: 'spans, binary thrift: `@tracewright/runtime` and `@opentelemetry/exporter-jaeger`',
  zipkinCompact: 'spans, compact thrift in Zipkin form: old client libraries',
  sampling: 'sampling strategies over HTTP, path `/sampling`',
};

const collectorPurposes: Purposes<typeof collectorPorts> = {
  grpc: "spans and sampling strategies over Jaeger's gRPC: the agents",
  thriftHttp: 'spans as thrift over HTTP, path `/api/traces`; sampling strategies, path `/api/sampling`',
  otlpGrpc: 'spans, OTLP over gRPC',
  otlpHttp: 'spans, OTLP over HTTP, path `/v1/traces`',
  zipkin: 'spans, Zipkin: `/api/v2/spans` (JSON, protobuf) and `/api/v1/spans` (JSON, thrift)',
};

const queryPurposes: Purposes<typeof queryPorts> = {
  http: 'API and UI over HTTP',
  grpc: 'API over gRPC',
};

const adminPurposes: Purposes<typeof adminPorts> = {
  collector: 'health, metrics and profiles of the collector',
  query: 'health, metrics and profiles of the query service',
  agent: 'health, metrics and profiles of the agent',
  ingester: 'health, metrics and profiles of the ingester',
};

const loginPurposes: Purposes<typeof oauth2ProxyPorts> = {
  http: 'log-ins, and the UI behind them',
  metrics: 'metrics of oauth2-proxy',
};

/** Every port with the Service that offers it. */
export function portTable(): string {
  const none = "the pod's own address only";
  return table(
    ['port', 'name', 'protocol', 'behind', 'what speaks there'],
    [
      ...rows(agentPorts, agentPurposes, code(serviceNames.agent)),
      ...rows(
        collectorPorts,
        collectorPurposes,
        `${code(serviceNames.collector)}, ${code(serviceNames.collectorHeadless)}`,
      ),
      ...rows(queryPorts, queryPurposes, code(serviceNames.query)),
      ...rows(adminPorts, adminPurposes, none),
      ...rows({ http: oauth2ProxyPorts.http }, loginPurposes, code(serviceNames.oauth2Proxy)),
      ...rows({ metrics: oauth2ProxyPorts.metrics }, loginPurposes, none),
      row(
        elasticsearchHttpPort,
        'the embedded node: collector, query service and index cleaner',
        code(serviceNames.elasticsearch),
      ),
      row(kafkaPort, 'the embedded broker: collector and ingester', code(serviceNames.kafka)),
    ],
  );
}

/** Every port of the stack, for the test that the diagram has them too. */
export function allPorts(): readonly NamedPort[] {
  const groups: readonly Readonly<Record<string, NamedPort>>[] = [
    collectorPorts,
    queryPorts,
    agentPorts,
    adminPorts,
    oauth2ProxyPorts,
  ];
  return [...groups.flatMap((ports) => Object.values(ports)), elasticsearchHttpPort, kafkaPort];
}

function rows<Ports extends Readonly<Record<string, NamedPort>>>(
  ports: Ports,
  purposes: Purposes<Ports>,
  service: string,
): readonly (readonly string[])[] {
  return Object.entries(ports).map(([key, port]) => row(port, purposes[key] ?? '', service));
}

function row({ number, name, protocol }: NamedPort, purpose: string, service: string): readonly string[] {
  return [String(number), code(name), protocol, service, purpose];
}
