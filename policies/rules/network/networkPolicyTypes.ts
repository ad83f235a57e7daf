import { fieldAt } from '../../kubernetes/fields.ts';
import { policyRules, policyTypes, type Direction } from '../../kubernetes/networkPolicies.ts';
import { objectRule } from '../../rule.ts';
import { networkPolicyWith } from './networkExamples.ts';

const egress = 'egress: [{ to: [{ podSelector: {} }] }]';

/** The rules of a NetworkPolicy have an effect. */
export const networkPolicyTypes = objectRule({
  name: 'network-policy-types',
  asks: 'A NetworkPolicy with rules for a direction names that direction in `policyTypes`.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Rules for a direction that is not named do nothing, and all traffic that way is let through. Without `policyTypes`, an empty list of egress rules does nothing either, though it reads as if it refused everything.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  passes: networkPolicyWith('policyTypes: [Ingress, Egress]', egress),
  fails: networkPolicyWith('policyTypes: [Ingress]', egress),
  *check(object) {
    if (!object.is('NetworkPolicy', 'networking.k8s.io')) return;
    const types = policyTypes(object.body);
    for (const direction of ['Ingress', 'Egress'] as const) {
      if (types.includes(direction) || !hasRules(object.body, direction)) continue;
      yield {
        path: 'spec.policyTypes',
        problem: `does not name ${direction}, so that spec.${direction.toLowerCase()} does nothing: it must name it`,
        fix: `policyTypes: ${JSON.stringify([...new Set([...types, direction])])}`,
      };
    }
  },
});

function hasRules(policy: unknown, direction: Direction): boolean {
  if (policyRules(policy, direction).length > 0) return true;
  const written = fieldAt(policy, 'spec', 'policyTypes');
  const isDefaulted = !Array.isArray(written) || written.length === 0;
  return isDefaulted && direction === 'Egress' && Array.isArray(fieldAt(policy, 'spec', 'egress'));
}
