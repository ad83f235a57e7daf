import { policySelector } from '../../kubernetes/networkPolicies.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { policyExample, workloadExample } from './stackExamples.ts';

const policy = policyExample('podSelector: { matchLabels: { app: shop } }');

/** A policy is for some pods. */
export const networkPolicyTarget = stackRule({
  name: 'network-policy-target',
  asks: 'Every NetworkPolicy selects pods of its namespace.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'A policy whose selector is misspelt protects nothing. It may be for pods that are made elsewhere, or for those of later.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  passes: documents(workloadExample(), policy),
  fails: documents(workloadExample({ labels: 'app: store' }), policy),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const policies = objects.filter((object) => object.is('NetworkPolicy', 'networking.k8s.io'));
    yield* eachObject(policies, function* ({ body, namespace }): Iterable<Problem> {
      if (pods.first(namespace, policySelector(body)) !== undefined) return;
      yield {
        path: 'spec.podSelector',
        problem: 'selects no pods of the set: it should match labels of pods in its namespace',
        fix: 'podSelector: { matchLabels: labels of the pod template that it is meant for }',
      };
    });
  },
});
