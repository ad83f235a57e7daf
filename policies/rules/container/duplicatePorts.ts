import { field, shown } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { isPortNumber, portsOf, type ContainerPort } from './containerPort.ts';

/** Which ports there are already, and where: `container "shop", ports[0]`. */
type Seen = Map<string, string>;

/**
 * Ports of a pod are distinct, in number and in name, among the containers that run at once: an init container that ends is not there
 * any more when the next one starts. Two names in one container are `container-ports`' affair.
 */
export const duplicatePorts = objectRule({
  name: 'duplicate-ports',
  asks: 'No two ports of a pod have the same number and protocol, or the same name in two containers.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Containers of a pod share one network: the second that opens a port fails. A Service that leads to a name leads to the first of it only.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
  passes: podWithContainer('ports: [{ containerPort: 53, protocol: UDP }, { containerPort: 53, protocol: TCP }]'),
  fails: podWithContainer('ports: [{ containerPort: 53, protocol: TCP }, { containerPort: 53, protocol: TCP }]'),
  check: (object) => {
    const together: Seen = new Map();
    return eachContainer(object, (container) =>
      duplicateProblems(container, container.role === 'init' ? new Map<string, string>() : together),
    );
  },
});

function* duplicateProblems(container: Container, seen: Seen): Iterable<ContainerProblem> {
  const own = new Map(seen);
  for (const port of portsOf(container.spec)) {
    const place = `container ${shown(container.name)}, ${port.path}`;
    const [numberKey, nameKey] = [numberOf(port), nameOf(port)];
    const [sameNumber, sameName] = [own.get(numberKey), seen.get(nameKey)];
    if (sameNumber !== undefined) yield duplicate(port, sameNumber);
    else if (sameName !== undefined) yield duplicateName(port, sameName);
    if (isPortNumber(port.number)) own.set(numberKey, sameNumber ?? place);
    if (port.name !== undefined) own.set(nameKey, sameName ?? place);
  }
  for (const [key, place] of own) seen.set(key, place);
}

/** One port can be opened on two ports of the node. */
function numberOf({ number, protocol, spec }: ContainerPort): string {
  return `${shown(number)}/${protocol} on ${shown(field(spec, 'hostPort'))}`;
}

function nameOf({ name = '', protocol }: ContainerPort): string {
  return `${protocol} ${name}`;
}

function duplicate({ path, number, protocol }: ContainerPort, before: string): ContainerProblem {
  return {
    path: `${path}.containerPort`,
    problem: `is ${shown(number)} (${protocol}), as that of ${before} is: it must be another one`,
    fix: 'another port, or the same one declared once',
  };
}

function duplicateName({ path, name }: ContainerPort, before: string): ContainerProblem {
  return {
    path: `${path}.name`,
    problem: `is ${shown(name)}, as that of ${before} is: it must be another one`,
    fix: 'name: "admin"',
  };
}
