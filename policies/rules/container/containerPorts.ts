import { field, isPresent, shown, text } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { valueState } from '../valueState.ts';
import { highestPort, isPortNumber, portsOf, type ContainerPort } from './containerPort.ts';

const protocols = ['TCP', 'UDP', 'SCTP'];
const nameForm = /^(?=.*[a-z])(?!.*--)[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?$/;

/** Ports say nothing that the API server refuses (pkg/apis/core/validation/validation.go, validateContainerPorts). */
export const containerPorts = objectRule({
  name: 'container-ports',
  asks: 'Every port of a container has a number of 1 to 65535, a known protocol, and a valid name that no other port of the container has.',
  severity: 'medium',
  level: 'mandatory',
  rationale:
    'The API server refuses the whole object: a Deployment keeps its old pods, and the change is found out only while it is rolled out.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  passes: podWithContainer('ports: [{ name: http, containerPort: 8080 }, { name: admin, containerPort: 9090 }]'),
  fails: podWithContainer('ports: [{ name: http, containerPort: 8080 }, { name: http, containerPort: 9090 }]'),
  check: (object) => eachContainer(object, portProblems),
});

function* portProblems({ spec }: Container): Iterable<ContainerProblem> {
  const names = new Map<string, string>();
  for (const port of portsOf(spec)) {
    yield* numberProblems(port);
    yield* nameProblems(port, names);
  }
}

function* numberProblems({ path, number, spec }: ContainerPort): Iterable<ContainerProblem> {
  const protocol = field(spec, 'protocol');
  if (!isPortNumber(number))
    yield {
      path: `${path}.containerPort`,
      problem: `${valueState(number)}: it must be a number of 1 to ${highestPort}`,
      fix: 'containerPort: 8080',
    };
  if (isPresent(protocol) && !['', ...protocols].includes(text(protocol) ?? 'none'))
    yield {
      path: `${path}.protocol`,
      problem: `is ${shown(protocol)}: it must be one of ${protocols.join(', ')}`,
      fix: 'protocol: "TCP"',
    };
}

function* nameProblems({ path, spec }: ContainerPort, names: Map<string, string>): Iterable<ContainerProblem> {
  const name = field(spec, 'name');
  if (!isPresent(name) || name === '') return;
  const fix = 'name: "admin"';
  if (typeof name !== 'string' || !nameForm.test(name)) {
    const must = 'at most 15 of a-z, 0-9 and single dashes, a letter among them, no dash at its ends';
    yield { path: `${path}.name`, problem: `is ${shown(name)}: it must be ${must}`, fix };
    return;
  }
  const before = names.get(name);
  if (before === undefined) names.set(name, path);
  else yield { path: `${path}.name`, problem: `is ${shown(name)}, as ${before}.name is: it must be another one`, fix };
}
