import type { FlowSettings } from '../jaeger/networkFlows.ts';
import type { PolicyPeer } from '../kubernetes/networkPolicy.ts';
import { addressBlock, serviceNamespace } from './networkFields.ts';
import type { StackConfig } from './stackConfigSchema.ts';

type External = Extract<StackConfig['storage'], { readonly kind: 'external' }>;
type Ingress = NonNullable<StackConfig['ingress']>;
type Peer = Ingress['controller'];

/** Who is outside of a stack, as its configuration says. */
export function flowSettings(config: StackConfig): FlowSettings {
  const { namespace, applicationNamespaces, network, storage, ingress } = config;
  const { dns, prometheus, queryNamespaces, unenforced } = network;
  return {
    namespace,
    applicationNamespaces,
    queryNamespaces,
    dns: { peers: peers(dns), port: dns.port },
    prometheus: prometheus === undefined ? [] : peers(prometheus),
    storage: storage.kind === 'embedded' ? 'embedded' : externalStorage(storage),
    ...(ingress && { ingress: doors(ingress) }),
    check: !unenforced,
  };
}

function externalStorage({ urls, egressCidrs, egressPorts }: External) {
  const addresses = urls.map((url) => new URL(url));
  return {
    peers: hosts(
      addresses.map(({ hostname }) => hostname),
      egressCidrs,
    ),
    ports: [...new Set(egressPorts ?? addresses.map(portOf))],
  };
}

function doors({ controller, oidc }: Ingress): NonNullable<FlowSettings['ingress']> {
  if (oidc === undefined) return { controller: peers(controller) };
  const issuer = new URL(oidc.issuerUrl);
  return {
    controller: peers(controller),
    issuer: { peers: hosts([issuer.hostname], oidc.egressCidrs), port: portOf(issuer) },
  };
}

function peers({ namespace, podLabels, cidrs }: Peer): readonly PolicyPeer[] {
  return [
    ...(namespace === undefined ? [] : [{ kind: 'namespaces', names: [namespace], labels: podLabels } as const]),
    { kind: 'addresses', cidrs },
  ];
}

/** Hosts as policies can name them: Services of the cluster by their namespace, addresses, and the blocks that are given. */
function hosts(names: readonly string[], cidrs: readonly string[]): readonly PolicyPeer[] {
  const known = names.flatMap((name) => serviceNamespace(name) ?? []);
  const addresses = names.flatMap((name) => addressBlock(name) ?? []);
  return [
    { kind: 'namespaces', names: [...new Set(known)] },
    { kind: 'addresses', cidrs: [...new Set([...cidrs, ...addresses])] },
  ];
}

/** Scheme defaults: the URL standard drops the number of a port that the scheme has anyway. */
function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
