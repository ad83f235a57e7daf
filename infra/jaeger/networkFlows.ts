import type { PolicyPeer, PolicyPort } from '../kubernetes/networkPolicy.ts';
import { tracesToLabel } from '../kubernetes/labels.ts';
import { serviceNames } from './endpoints.ts';
import { elasticsearchHttpPort } from './elasticsearchFiles.ts';
import { kafkaPort } from './kafkaFiles.ts';
import { adminPorts, agentPorts, collectorPorts, oauth2ProxyPorts, queryPorts } from './ports.ts';

/** Components whose pods have a policy each. */
export const policedComponents = [
  serviceNames.agent,
  serviceNames.collector,
  serviceNames.query,
  serviceNames.ingester,
  serviceNames.indexCleaner,
  serviceNames.elasticsearch,
  serviceNames.kafka,
  serviceNames.oauth2Proxy,
  serviceNames.policyCheck,
] as const;

/** A component whose pods have a policy. */
export type PolicedComponent = (typeof policedComponents)[number];

/** One end of a flow: a component of the stack, or somebody else. */
export type FlowEnd = PolicedComponent | readonly PolicyPeer[];

/** What may pass, and why. One end at least is a component; where both are, the policies of both let it through. */
export interface NetworkFlow {
  /** Who comes, where that is no component. */
  readonly fromName?: string;
  /** Who is gone to, where that is no component. */
  readonly toName?: string;
  /** Where connections begin. */
  readonly from: FlowEnd;
  /** Where they lead. */
  readonly to: FlowEnd;
  /** Ports that they lead to, as pods listen on them. */
  readonly ports: readonly PolicyPort[];
  /** What it is for, in a sentence. */
  readonly reason: string;
}

/** Where the stack goes to outside of it, and on which ports. */
export interface Destination {
  readonly peer: PolicyPeer;
  readonly ports: readonly number[];
}

/** Who is outside of the stack, and may come in or be gone to. */
export interface FlowSettings {
  /** Jaeger's namespace. */
  readonly namespace: string;
  /** Namespaces that send spans, beside those that carry the label. */
  readonly applicationNamespaces: readonly string[];
  readonly queryNamespaces: readonly string[];
  readonly dns: { readonly peers: readonly PolicyPeer[]; readonly port: number };
  readonly prometheus: readonly PolicyPeer[];
  /** The storage: the stack's own node, or where a cluster outside is. */
  readonly storage: 'embedded' | readonly Destination[];
  /** Kafka, alike; left out: collectors write to the storage themselves. */
  readonly kafka?: 'embedded' | readonly Destination[];
  readonly ingress?: {
    readonly controller: readonly PolicyPeer[];
    /** Where the issuer is; left out: the UI asks for no log-in. */
    readonly issuer?: readonly Destination[];
  };
  /** Whether a Job tries whether policies are enforced. */
  readonly check: boolean;
}

/** Every flow of a stack. What is not here is refused. */
export function networkFlows(settings: FlowSettings): readonly NetworkFlow[] {
  return [
    ...spanFlows(settings),
    ...storageFlows(settings),
    ...kafkaFlows(settings),
    ...readingFlows(settings),
    ...prometheusFlows(settings),
    ...(settings.check ? [checkFlow] : []),
    ...dnsFlows(settings),
  ];
}

/** The port of the collector that the check may reach; any other must be refused it. */
export const checkedPort = collectorPorts.grpc;

const checkFlow: NetworkFlow = {
  from: serviceNames.policyCheck,
  to: serviceNames.collector,
  ports: [checkedPort],
  reason: 'The way that the check may go, beside the one that it must be refused.',
};

function spanFlows({ namespace, applicationNamespaces }: FlowSettings): NetworkFlow[] {
  const from: readonly PolicyPeer[] = [
    { kind: 'labelledNamespaces', label: tracesToLabel, value: namespace },
    { kind: 'namespaces', names: applicationNamespaces },
  ];
  const fromName = 'application namespaces';
  return [
    {
      fromName,
      from,
      to: serviceNames.agent,
      ports: Object.values(agentPorts),
      reason: 'Spans over UDP; sampling strategies.',
    },
    {
      fromName,
      from,
      to: serviceNames.collector,
      ports: Object.values(collectorPorts),
      reason: 'Spans over OTLP, gRPC, thrift and Zipkin; sampling strategies.',
    },
    {
      from: serviceNames.agent,
      to: serviceNames.collector,
      ports: [collectorPorts.grpc],
      reason: 'Spans that agents took, and the strategies that they hand on.',
    },
  ];
}

function storageFlows({ storage, kafka }: FlowSettings): NetworkFlow[] {
  const reasons = {
    [serviceNames.collector]: 'Writes spans.',
    [serviceNames.ingester]: 'Writes spans.',
    [serviceNames.query]: 'Reads spans.',
    [serviceNames.indexCleaner]: 'Deletes indices that are due.',
  };
  const targets = targetsOf(storage, {
    toName: 'external storage',
    own: { to: serviceNames.elasticsearch, ports: [elasticsearchHttpPort] },
  });
  const writer = kafka === undefined ? serviceNames.collector : serviceNames.ingester;
  const clients = [writer, serviceNames.query, serviceNames.indexCleaner] as const;
  return clients.flatMap((from) => targets.map((target) => ({ from, ...target, reason: reasons[from] })));
}

function kafkaFlows({ kafka }: FlowSettings): NetworkFlow[] {
  if (kafka === undefined) return [];
  const targets = targetsOf(kafka, {
    toName: 'external Kafka',
    own: { to: serviceNames.kafka, ports: [kafkaPort] },
  });
  return targets.flatMap((target) => [
    { from: serviceNames.collector, ...target, reason: 'Writes spans.' },
    { from: serviceNames.ingester, ...target, reason: 'Takes spans.' },
  ]);
}

type Target = Pick<NetworkFlow, 'toName' | 'to' | 'ports'>;

/** The ways to a server: to the stack's own pods, or to where it is outside. */
function targetsOf(
  server: 'embedded' | readonly Destination[],
  { own, toName }: { readonly own: Target; readonly toName: string },
): readonly Target[] {
  return server === 'embedded' ? [own] : server.map((destination) => ({ toName, ...leadingTo(destination) }));
}

function leadingTo({ peer, ports }: Destination) {
  return { to: [peer], ports: ports.map((number) => ({ number, protocol: 'TCP' as const })) };
}

function readingFlows({ queryNamespaces, ingress }: FlowSettings): NetworkFlow[] {
  const readers: NetworkFlow = {
    fromName: 'network.queryNamespaces',
    from: [{ kind: 'namespaces', names: queryNamespaces }],
    to: serviceNames.query,
    ports: Object.values(queryPorts),
    reason: 'Reads traces, as Grafana does.',
  };
  if (ingress === undefined) return [readers];
  const { controller, issuer } = ingress;
  const door = { fromName: 'Ingress controller', from: controller };
  if (issuer === undefined) {
    const open: NetworkFlow = {
      ...door,
      to: serviceNames.query,
      ports: [queryPorts.http],
      reason: 'The UI, to everybody.',
    };
    return [readers, open];
  }
  return [
    readers,
    { ...door, to: serviceNames.oauth2Proxy, ports: [oauth2ProxyPorts.http], reason: 'The UI, behind a log-in.' },
    {
      from: serviceNames.oauth2Proxy,
      to: serviceNames.query,
      ports: [queryPorts.http],
      reason: 'The UI, once logged in.',
    },
    ...issuer.map((destination) => ({
      from: serviceNames.oauth2Proxy,
      toName: 'issuer',
      ...leadingTo(destination),
      reason: 'Log-ins, and the keys that tokens are signed with.',
    })),
  ];
}

function prometheusFlows({ prometheus, kafka, ingress }: FlowSettings): NetworkFlow[] {
  const targets = [
    { to: serviceNames.agent, ports: [adminPorts.agent] },
    { to: serviceNames.collector, ports: [adminPorts.collector] },
    { to: serviceNames.query, ports: [adminPorts.query] },
    ...(kafka === undefined ? [] : [{ to: serviceNames.ingester, ports: [adminPorts.ingester] }]),
    ...(ingress?.issuer === undefined ? [] : [{ to: serviceNames.oauth2Proxy, ports: [oauth2ProxyPorts.metrics] }]),
  ];
  return targets.map((target) => ({ fromName: 'Prometheus', from: prometheus, ...target, reason: 'Metrics.' }));
}

/** Elasticsearch and Kafka ask for no names: a single node has nobody to look for. */
function dnsFlows({ dns, kafka, ingress, check }: FlowSettings): NetworkFlow[] {
  const asking = [
    serviceNames.agent,
    serviceNames.collector,
    serviceNames.query,
    ...(kafka === undefined ? [] : [serviceNames.ingester]),
    serviceNames.indexCleaner,
    ...(ingress?.issuer === undefined ? [] : [serviceNames.oauth2Proxy]),
    ...(check ? [serviceNames.policyCheck] : []),
  ];
  const ports = (['UDP', 'TCP'] as const).map((protocol) => ({ number: dns.port, protocol }));
  const names = { toName: "the cluster's DNS", to: dns.peers, ports };
  return asking.map((from) => ({ from, ...names, reason: 'Names.' }));
}
