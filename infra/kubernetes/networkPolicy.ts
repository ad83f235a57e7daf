import type { types } from '@pulumi/kubernetes';

/** A port that a policy lets through, as pods listen on it. */
export interface PolicyPort {
  /** Its number. */
  readonly number: number;
  /** Transport protocol. */
  readonly protocol: 'TCP' | 'UDP';
}

/** Pods or addresses at the other end of a flow. */
export type PolicyPeer =
  /** Pods of namespaces with one of these names. @param labels - All of which the pods must have. */
  | {
      readonly kind: 'namespaces';
      readonly names: readonly string[];
      readonly labels?: Readonly<Record<string, string>>;
    }
  /** Every pod of the namespaces with this label. */
  | { readonly kind: 'labelledNamespaces'; readonly label: string; readonly value: string }
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[] };

/** What passes one way: to or from these peers, on these ports. */
export interface PolicyRule {
  readonly peers: readonly PolicyPeer[];
  readonly ports: readonly PolicyPort[];
}

/** A policy for the pods with these labels: what is not named is refused, both ways. */
export interface PolicyArgs {
  readonly labels: Readonly<Record<string, string>>;
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

/** The label that Kubernetes itself puts on every namespace: its name. */
const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** A policy for both directions. A rule without peers or without ports would let everything through: it is left out. */
export function networkPolicySpec({
  labels,
  ingress,
  egress,
}: PolicyArgs): types.input.networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: { ...labels } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: ingress.filter(isWhole).map(({ peers, ports }) => ({ from: peers.flatMap(peer), ports: ports.map(port) })),
    egress: egress.filter(isWhole).map(({ peers, ports }) => ({ to: peers.flatMap(peer), ports: ports.map(port) })),
  };
}

/** Refuses every pod of a namespace everything that no other policy lets through. */
export const denyAll: PolicyArgs = { labels: {}, ingress: [], egress: [] };

function isWhole({ peers, ports }: PolicyRule): boolean {
  return ports.length > 0 && peers.some((candidate) => peer(candidate).length > 0);
}

function port({ number, protocol }: PolicyPort): types.input.networking.v1.NetworkPolicyPort {
  return { port: number, protocol };
}

function peer(given: PolicyPeer): types.input.networking.v1.NetworkPolicyPeer[] {
  switch (given.kind) {
    case 'namespaces':
      return given.names.length === 0 ? [] : [namespacePeer(given.names, given.labels ?? {})];
    case 'labelledNamespaces':
      return [{ namespaceSelector: { matchLabels: { [given.label]: given.value } } }];
    case 'addresses':
      return given.cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  }
}

function namespacePeer(
  names: readonly string[],
  labels: Readonly<Record<string, string>>,
): types.input.networking.v1.NetworkPolicyPeer {
  const named = { key: namespaceNameLabel, operator: 'In', values: [...names].sort() };
  return {
    namespaceSelector: { matchExpressions: [named] },
    ...(Object.keys(labels).length > 0 && { podSelector: { matchLabels: { ...labels } } }),
  };
}
