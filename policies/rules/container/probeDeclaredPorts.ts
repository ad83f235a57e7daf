import { field, isPresent } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { isPortNumber, portsOf } from './containerPort.ts';
import { handlersOf, probesOf } from './probes.ts';

const probe = 'readinessProbe: { httpGet: { port: 8080 } }';

/** A port that a probe asks is one that its container declares. What names of ports mean is `probe-ports`' affair. */
export const probeDeclaredPorts = objectRule({
  name: 'probe-declared-ports',
  asks: 'A number that a probe has for a port is a TCP port which its container declares.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'Kubernetes asks any port. One that nobody declared is often the old number of a port that has moved, and NetworkPolicies are written by what is declared.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  passes: podWithContainer('ports: [{ containerPort: 8080 }]', probe),
  fails: podWithContainer('ports: [{ containerPort: 9090 }]', probe),
  check: (object) => eachContainer(object, declarationProblems),
});

function* declarationProblems(container: Container): Iterable<ContainerProblem> {
  for (const { name, spec } of probesOf(container))
    for (const handler of handlersOf(spec)) {
      const how = field(spec, handler);
      const port = field(how, 'port');
      // With a host of its own, a probe asks somebody else.
      if (!isPortNumber(port) || isPresent(field(how, 'host'))) continue;
      if (portsOf(container.spec).some((declared) => declared.number === port && declared.protocol === 'TCP')) continue;
      yield {
        path: `${name}.${handler}.port`,
        problem: `is ${port}, which the container does not declare: it must be one of its TCP ports`,
        fix: `ports: [{ name: "admin", containerPort: ${port} }]`,
      };
    }
}
