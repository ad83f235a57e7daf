import { policyRules } from '../../kubernetes/networkPolicies.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { PolicyPeers } from '../../kubernetes/policyPeers.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { policyExample, workloadExample } from './stackExamples.ts';

const letting = (app: string) =>
  documents(
    workloadExample(),
    policyExample(
      'podSelector: { matchLabels: { app: shop } }',
      `ingress: [{ from: [{ podSelector: { matchLabels: { app: ${app} } } }] }]`,
    ),
  );

/** A peer of a policy is somebody. */
export const networkPolicyPeers = stackRule({
  name: 'network-policy-peers',
  asks: 'Every peer of a NetworkPolicy that means a namespace with pods of the set matches some of them.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'A peer whose labels are misspelt lets nobody through: what should reach the pod times out. Namespaces whose pods are made elsewhere are not looked at.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  passes: letting('shop'),
  fails: letting('store'),
  *check(objects) {
    const peers = new PolicyPeers(objects, yield* podsOf(objects));
    const policies = objects.filter((object) => object.is('NetworkPolicy', 'networking.k8s.io'));
    yield* eachObject(policies, (policy) => peerProblems(policy, peers));
  },
});

function* peerProblems({ body, namespace }: KubernetesObject, peers: PolicyPeers): Iterable<Problem> {
  const rules = [...policyRules(body, 'Ingress'), ...policyRules(body, 'Egress')];
  for (const { spec, path } of rules.flatMap((rule) => rule.peers)) {
    if (peers.meantBy(spec, namespace)?.pods.length !== 0) continue;
    yield {
      path,
      problem: 'matches no pods of the set in the namespaces that it means: its podSelector should match some',
      fix: 'podSelector: { matchLabels: labels of the pod template that is meant }',
    };
  }
}
