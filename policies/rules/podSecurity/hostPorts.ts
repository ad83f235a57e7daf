import { entries, field, fieldAt, isPresent, shown, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';

/** No container opens a port on its node. What a pod in the node's network opens is `host-namespaces`' affair. */
export const hostPorts = objectRule({
  name: 'host-ports',
  asks: 'No container has a hostPort.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Whoever reaches the node reaches such a port, past every Service and NetworkPolicy; and only one such pod fits on a node.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('ports: [{ containerPort: 6831, protocol: UDP }]'),
  fails: podWithContainer('ports: [{ containerPort: 6831, protocol: UDP, hostPort: 6831 }]'),
  check: (object) => eachContainer(object, hostPortProblems),
});

function* hostPortProblems({ spec }: Container): Iterable<ContainerProblem> {
  for (const [index, port] of entries(field(spec, 'ports')).entries()) {
    const hostPort = field(port, 'hostPort');
    // Kubernetes takes 0 for none.
    if (!isPresent(hostPort) || hostPort === 0) continue;
    const protocol = text(field(port, 'protocol')) ?? 'TCP';
    yield {
      path: `ports[${index}].hostPort`,
      problem: `is ${shown(hostPort)} (${protocol}): it must not be set`,
      fix: `ports: [{ containerPort: ${shown(fieldAt(port, 'containerPort'))}, protocol: "${protocol}" }], reached through a Service`,
    };
  }
}
