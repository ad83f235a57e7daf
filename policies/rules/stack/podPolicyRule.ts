import { policySelector, policyTypes, type Direction } from '../../kubernetes/networkPolicies.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem, type StackRule } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { gather, podsOf } from '../gather.ts';
import { policyExample, workloadExample } from './stackExamples.ts';

/** Makes the rule that every pod is under a policy, one way. @param rationale - What happens without one. */
export function podPolicyRule(direction: Direction, rationale: string): StackRule {
  const other = direction === 'Ingress' ? 'Egress' : 'Ingress';
  const policy = (types: string) =>
    policyExample('podSelector: { matchLabels: { app: shop } }', `policyTypes: ${types}`);
  return stackRule({
    name: `pod-${direction.toLowerCase()}-policy`,
    asks: `Every pod is selected by a NetworkPolicy of the type ${direction}.`,
    severity: 'high',
    level: 'mandatory',
    rationale,
    link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
    passes: documents(workloadExample(), policy('[Ingress, Egress]')),
    fails: documents(workloadExample(), policy(`[${other}]`)),
    *check(objects) {
      const pods = yield* podsOf(objects);
      const covered = new Set<KubernetesObject>();
      const policies = objects.filter((object) => object.is('NetworkPolicy', 'networking.k8s.io'));
      yield* gather(policies, ({ body, namespace }) => {
        if (!policyTypes(body).includes(direction)) return;
        const selector = policySelector(body);
        for (const { object } of pods.matching(namespace, selector)) covered.add(object);
      });
      const bare = pods.all.map(({ object }) => object).filter((object) => !covered.has(object));
      yield* eachObject(bare, () => [missingPolicy(direction)]);
    },
  });
}

function missingPolicy(direction: Direction): Problem {
  return {
    path: '',
    problem: `makes pods that no NetworkPolicy of the type ${direction} selects: one of their namespace must`,
    fix: `a NetworkPolicy with podSelector: their labels, policyTypes: ["${direction}"] and what may pass`,
  };
}
