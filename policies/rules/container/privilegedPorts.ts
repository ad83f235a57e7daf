import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { isPortNumber, portsOf } from './containerPort.ts';

/** No container needs rights for its ports, and none offers a shell. */
export const privilegedPorts = objectRule({
  name: 'privileged-ports',
  asks: 'No container has a port below a given number.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'To open a low port, a process must be root or have NET_BIND_SERVICE, unless its node says otherwise. Behind 22 there is often a shell into the container.',
  link: 'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
  parameters: {
    lowest: {
      type: 'integer',
      description: 'The lowest number that a port of a container may have.',
      default: 1024,
      minimum: 1,
      maximum: 65_535,
    },
  },
  passes: podWithContainer('ports: [{ containerPort: 8080 }]'),
  fails: podWithContainer('ports: [{ containerPort: 80 }]'),
  check: (object, { lowest }) => eachContainer(object, (container) => lowPortProblems(container, lowest)),
});

function* lowPortProblems({ spec }: Container, lowest: number): Iterable<ContainerProblem> {
  for (const { path, number, protocol } of portsOf(spec)) {
    if (!isPortNumber(number) || number >= lowest) continue;
    const what = number === 22 && protocol === 'TCP' ? '22 (SSH, a shell into the container)' : String(number);
    yield {
      path: `${path}.containerPort`,
      problem: `is ${what}: it must be ${lowest} or above`,
      fix: `ports: [{ containerPort: ${Math.max(lowest, 8080)} }], which a Service can offer as ${number}`,
    };
  }
}
