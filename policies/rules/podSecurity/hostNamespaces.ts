import { entries, field, isPresent, shown } from '../../kubernetes/fields.ts';
import { protocolOf } from '../../kubernetes/ports.ts';
import { UnknownFieldError } from '../../kubernetes/unknown.ts';
import type { Workload } from '../../kubernetes/workloads.ts';
import type { ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { otherValues } from './allowedValues.ts';
import { inPod } from './inPod.ts';

/** No pod lives in the network, among the processes or in the shared memory of its node. */
export const hostNamespaces = objectRule({
  name: 'host-namespaces',
  asks: 'No pod has hostNetwork, hostPID or hostIPC.',
  severity: 'critical',
  level: 'mandatory',
  rationale:
    'In the network of its node, a pod is under no NetworkPolicy, and each of its ports is one of the node; among its processes it sees the arguments and the environment of all others, and can end them.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWith('hostNetwork: false'),
  fails: podWith('hostNetwork: true'),
  *check(object) {
    const { workload } = object;
    if (workload !== undefined) yield* inPod(object, (podSpec) => namespaceProblems(podSpec, workload));
  },
});

function* namespaceProblems(podSpec: unknown, workload: Workload): Iterable<ContainerProblem> {
  const problems = (path: string, because: () => string): Iterable<ContainerProblem> =>
    otherValues(podSpec, { path, allowed: [false], fix: `leave ${path} out` }, because);
  yield* problems(
    'hostNetwork',
    () => `, which opens every port that its processes listen on at its node${declaredPorts(workload)}`,
  );
  yield* problems('hostPID', () => ', which shows it every process of its node');
  yield* problems('hostIPC', () => ', which shows it the shared memory of all on its node');
}

/** What is wrong with the pod is wrong whatever its ports are: one that a preview cannot know is no reason to keep silent. */
function declaredPorts({ containers }: Workload): string {
  try {
    const ports = containers
      .flatMap(({ spec }) => entries(field(spec, 'ports')))
      .filter((port) => isPresent(field(port, 'containerPort')))
      .map((port) => `${shown(field(port, 'containerPort'))} (${protocolOf(port)})`);
    return ports.length === 0 ? '' : `, ${ports.join(', ')} among them`;
  } catch (error) {
    if (error instanceof UnknownFieldError) return ', those that it declares among them';
    throw error;
  }
}
