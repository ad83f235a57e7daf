import { entries, field, fieldAt, shown, text } from '../../kubernetes/fields.ts';
import { policyRules, policyTypes, type Direction, type PolicyRule } from '../../kubernetes/networkPolicies.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { networkPolicyWith } from './networkExamples.ts';

/** A NetworkPolicy says who is at the other end. */
export const networkPolicyOpenPeers = objectRule({
  name: 'network-policy-open-peers',
  asks: 'Each rule of a NetworkPolicy names its peers, and not the whole world.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'A rule without peers lets everybody through, from inside and outside of the cluster. Traffic out to the whole world with exceptions (`except`) is left out: it is the way to write "the internet, and nothing of ours".',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',
  passes: networkPolicyWith('ingress: [{ from: [{ podSelector: {} }] }]'),
  fails: networkPolicyWith('ingress: [{ from: [] }]'),
  *check(object) {
    if (!object.is('NetworkPolicy', 'networking.k8s.io')) return;
    for (const direction of policyTypes(object.body))
      for (const rule of policyRules(object.body, direction)) yield* openPeers(rule, direction);
  },
});

function* openPeers({ path, peers }: PolicyRule, direction: Direction): Iterable<Problem> {
  const [list, who] = direction === 'Ingress' ? ['from', 'lets everybody in'] : ['to', 'lets traffic out to everybody'];
  const fix = `${list}: [{ podSelector: { matchLabels: { … } } }]`;
  if (peers.length === 0)
    yield { path: `${path}.${list}`, problem: `is missing or empty, which ${who}: it must name peers`, fix };
  for (const peer of peers) {
    const cidr = text(fieldAt(peer.spec, 'ipBlock', 'cidr')) ?? '';
    const exceptions = entries(field(field(peer.spec, 'ipBlock'), 'except'));
    if (!cidr.endsWith('/0') || (direction === 'Egress' && exceptions.length > 0)) continue;
    yield {
      path: `${peer.path}.ipBlock.cidr`,
      problem: `is ${shown(cidr)}, which ${who}: it must be a smaller block of addresses`,
      fix,
    };
  }
}
