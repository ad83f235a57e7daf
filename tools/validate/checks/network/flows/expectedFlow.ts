import { BlockList, isIP } from 'node:net';
import type { NetworkFlow, PolicedComponent } from '../../../../../infra/jaeger/networkFlows.ts';
import type { PolicyPeer } from '../../../../../infra/kubernetes/networkPolicy.ts';

/** A pod that flows are tried from. */
export interface FlowSource {
  /** How findings name it. */
  readonly name: string;
  readonly namespace: string;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether it is in a namespace of the stack, where pods that no policy selects are let out nowhere. */
  readonly inside: boolean;
  /** The component whose labels it has. */
  readonly component?: PolicedComponent;
}

/** A port of a component's pod. */
export interface FlowTarget {
  readonly component: PolicedComponent;
  readonly port: number;
}

/**
 * Whether the flows of a stack let a pod with this address through to a TCP port. `unsure` where only a block of addresses says so, which
 * network plugins apply to pods each in their own way.
 */
export function expectedOf(
  flows: readonly NetworkFlow[],
  source: FlowSource,
  address: string,
  { component, port }: FlowTarget,
): 'open' | 'refused' | 'unsure' {
  const leading = flows.filter(
    ({ to, ports }) => to === component && ports.some(({ number, protocol }) => number === port && protocol === 'TCP'),
  );
  const lets = leading.flatMap(({ from }) => {
    if (typeof from === 'string') return source.inside && source.component === from ? ['open' as const] : [];
    // What a component's policy lets in must be let out too where it comes from.
    return source.inside ? [] : from.map((peer) => letBy(peer, source, address));
  });
  return lets.find((each) => each === 'open') ?? lets.find((each) => each === 'unsure') ?? 'refused';
}

function letBy(
  peer: PolicyPeer,
  { namespace, namespaceLabels, labels }: FlowSource,
  address: string,
): 'open' | 'refused' | 'unsure' {
  switch (peer.kind) {
    case 'namespaces': {
      const isTaken = Object.entries(peer.labels ?? {}).every(([key, value]) => labels[key] === value);
      return peer.names.includes(namespace) && isTaken ? 'open' : 'refused';
    }
    case 'labelledNamespaces':
      return namespaceLabels[peer.label] === peer.value ? 'open' : 'refused';
    case 'addresses':
      return peer.cidrs.some((cidr) => isWithin(cidr, address)) ? 'unsure' : 'refused';
  }
}

function isWithin(cidr: string, address: string): boolean {
  const [network = '', length = ''] = cidr.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  // A block of IPv6 would take every IPv4 address too, in its mapped form.
  if (isIP(address) === 0 || isIP(network) !== isIP(address)) return false;
  const block = new BlockList();
  block.addSubnet(network, Number(length), family);
  return block.check(address, family);
}
