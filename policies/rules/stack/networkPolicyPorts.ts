import { shown } from '../../kubernetes/fields.ts';
import { policyRules, policySelector, type PolicyRule } from '../../kubernetes/networkPolicies.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { PodIndex, Pods } from '../../kubernetes/podIndex.ts';
import { PolicyPeers } from '../../kubernetes/policyPeers.ts';
import { podPorts } from '../../kubernetes/ports.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { policyExample, workloadExample } from './stackExamples.ts';

const letting = (port: string) =>
  documents(
    workloadExample({ container: ['ports: [{ name: http, containerPort: 8080 }]'] }),
    policyExample('podSelector: { matchLabels: { app: shop } }', `ingress: [{ ports: [{ port: ${port} }] }]`),
  );

/** A port that a policy names is there. */
export const networkPolicyPorts = stackRule({
  name: 'network-policy-ports',
  asks: 'Every port that a NetworkPolicy names is a port of the pods to which it lets traffic through.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'A named port that no pod has lets nothing through, as if the rule were not there.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  passes: letting('http'),
  fails: letting('web'),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const peers = new PolicyPeers(objects, pods);
    const policies = objects.filter((object) => object.is('NetworkPolicy', 'networking.k8s.io'));
    yield* eachObject(policies, (policy) => namedPortProblems(policy, pods, peers));
  },
});

function* namedPortProblems(policy: KubernetesObject, pods: PodIndex, peers: PolicyPeers): Iterable<Problem> {
  const { body, namespace } = policy;
  for (const rule of policyRules(body, 'Ingress').filter(hasNamedPort)) {
    yield* missingIn([...pods.matching(namespace, policySelector(body))], rule);
  }
  for (const rule of policyRules(body, 'Egress').filter(hasNamedPort)) {
    const meant = rule.peers.map(({ spec }) => peers.meantBy(spec, namespace));
    // Pods that nobody here knows may well have a port of that name.
    if (meant.some((one) => one === undefined || one.alsoElsewhere)) continue;
    yield* missingIn(
      meant.flatMap((one) => one?.pods ?? []),
      rule,
    );
  }
}

function hasNamedPort({ ports }: PolicyRule): boolean {
  return ports.some(({ port }) => typeof port === 'string');
}

function* missingIn(targets: readonly Pods[], { ports }: PolicyRule): Iterable<Problem> {
  if (targets.length === 0) return;
  const known = targets.flatMap(({ workload }) => podPorts(workload));
  for (const { port, protocol, path } of ports) {
    if (typeof port !== 'string') continue;
    const named = known.filter((one) => one.protocol === protocol && one.name !== '');
    if (named.some(({ name }) => name === port)) continue;
    const names = [...new Set(named.map(({ name }) => name))];
    yield {
      path: `${path}.port`,
      problem: `is ${shown(port)} (${protocol}), which none of the pods has: it must be a number, or a name of their ports${names.length === 0 ? '' : ` (${names.join(', ')})`}`,
      fix: names[0] === undefined ? "port: the container port's number" : `port: "${names[0]}"`,
    };
  }
}
