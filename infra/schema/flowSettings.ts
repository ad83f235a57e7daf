import type { Destination, FlowSettings } from '../jaeger/networkFlows.ts';
import type { PolicyPeer } from '../kubernetes/networkPolicy.ts';
import { addressBlock, serviceNamespace } from './networkFields.ts';
import type { StackConfig } from './stackConfigSchema.ts';

type Ingress = NonNullable<StackConfig['ingress']>;
type Kafka = NonNullable<StackConfig['streaming']>['kafka'];
type Peer = Ingress['controller'];
type Egress = Pick<NonNullable<Ingress['oidc']>, 'egressCidrs' | 'egressPorts'>;

/** Who is outside of a stack, as its configuration says. */
export function flowSettings(config: StackConfig): FlowSettings {
  const { namespace, applicationNamespaces, network, storage, streaming, ingress } = config;
  const { dns, prometheus, queryNamespaces, unenforced } = network;
  return {
    namespace,
    applicationNamespaces,
    queryNamespaces,
    dns: { peers: dns.servers.flatMap(peers), port: dns.port },
    prometheus: prometheus === undefined ? [] : peers(prometheus),
    storage: storage.kind === 'embedded' ? 'embedded' : destinations(storage.urls, storage),
    ...(streaming && { kafka: brokers(streaming.kafka) }),
    ...(ingress && { ingress: doors(ingress) }),
    check: !unenforced,
  };
}

function brokers(kafka: Kafka): NonNullable<FlowSettings['kafka']> {
  if (kafka.kind === 'embedded') return 'embedded';
  return destinations(
    kafka.brokers.map((broker) => `kafka://${broker}`),
    kafka,
  );
}

function doors({ controller, oidc }: Ingress): NonNullable<FlowSettings['ingress']> {
  if (oidc === undefined) return { controller: peers(controller) };
  return { controller: peers(controller), issuer: destinations([oidc.issuerUrl], oidc) };
}

function peers({ namespace, podLabels, cidrs }: Peer): readonly PolicyPeer[] {
  return [
    ...(namespace === undefined ? [] : [{ kind: 'namespaces', names: [namespace], labels: podLabels } as const]),
    { kind: 'addresses', cidrs },
  ];
}

/** Where addresses lead, each with ports of its own. */
function destinations(urls: readonly string[], { egressCidrs, egressPorts }: Egress): readonly Destination[] {
  const found = urls.map((url): Destination => {
    const address = new URL(url);
    return { peer: peerOf(address.hostname, egressCidrs), ports: egressPorts ?? [portOf(address)] };
  });
  const groups = Map.groupBy(found, ({ peer }) => JSON.stringify(peer));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, ports: [...new Set([first, ...others].flatMap(({ ports }) => ports))] }],
  );
}

/** A host as policies can name it: a Service of the cluster by its namespace, an address, or the blocks that are given. */
function peerOf(host: string, cidrs: readonly string[]): PolicyPeer {
  const namespace = serviceNamespace(host);
  if (namespace !== undefined) return { kind: 'namespaces', names: [namespace] };
  const address = addressBlock(host);
  return { kind: 'addresses', cidrs: address === undefined ? cidrs : [address] };
}

/** Scheme defaults: the URL standard drops the number of a port that the scheme has anyway. */
function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
