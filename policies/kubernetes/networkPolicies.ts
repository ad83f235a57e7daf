import { entries, field, fieldAt, isPresent, number, text } from './fields.ts';
import { labelSelectorOf, type LabelSelector } from './labelSelector.ts';
import { protocolOf } from './ports.ts';

/** Which way traffic goes, seen from the pods that a policy is for. */
export type Direction = 'Ingress' | 'Egress';

/** What one rule of a policy lets through. */
export interface PolicyRule {
  /** Who is at the other end; none for everybody. */
  readonly peers: readonly PolicyPeer[];
  /** None for every port. */
  readonly ports: readonly PolicyPort[];
  /** `spec.ingress[0]`. */
  readonly path: string;
}

export interface PolicyPeer {
  readonly spec: unknown;
  /** `spec.ingress[0].from[0]`. */
  readonly path: string;
}

export interface PolicyPort {
  /** A number or a name; `undefined` for every port. */
  readonly port: number | string | undefined;
  /** The last of a range that begins with the number. */
  readonly endPort: number | undefined;
  readonly protocol: string;
  readonly path: string;
}

/** The pods that a policy is for: all of its namespace, where it names none. @throws UnknownFieldError */
export function policySelector(policy: unknown): LabelSelector | undefined {
  return labelSelectorOf(fieldAt(policy, 'spec', 'podSelector') ?? {});
}

/** The ways that a policy is for, with the defaults that the API server fills in. @throws UnknownFieldError */
export function policyTypes(policy: unknown): readonly Direction[] {
  const written = entries(fieldAt(policy, 'spec', 'policyTypes'));
  if (written.length > 0) return (['Ingress', 'Egress'] as const).filter((direction) => written.includes(direction));
  return entries(fieldAt(policy, 'spec', 'egress')).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** The rules of a policy, one way. @throws UnknownFieldError */
export function policyRules(policy: unknown, direction: Direction): readonly PolicyRule[] {
  const [list, peers] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  return entries(fieldAt(policy, 'spec', list)).map((rule, index) => {
    const path = `spec.${list}[${index}]`;
    return {
      path,
      peers: entries(field(rule, peers)).map((spec, peer) => ({ spec, path: `${path}.${peers}[${peer}]` })),
      ports: entries(field(rule, 'ports')).map((port, at) => policyPort(port, `${path}.ports[${at}]`)),
    };
  });
}

/** Whether a port of a rule lets a port of a pod through. */
export function letsThrough(
  { port, endPort, protocol }: PolicyPort,
  pod: { readonly number: number | undefined; readonly name: string; readonly protocol: string },
): boolean {
  if (protocol !== pod.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'string') return port === pod.name;
  return pod.number !== undefined && pod.number >= port && pod.number <= (endPort ?? port);
}

function policyPort(port: unknown, path: string): PolicyPort {
  const value = field(port, 'port');
  return {
    port: isPresent(value) ? (number(value) ?? text(value)) : undefined,
    endPort: number(field(port, 'endPort')),
    protocol: protocolOf(port),
    path,
  };
}
