import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import type { ContainerProblem } from '../../problems.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { inheritedProblems } from '../podSecurity/inherited.ts';
import { isForWindows } from '../podSecurity/inPod.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';

type IdName = 'runAsUser' | 'runAsGroup';

/** Every container runs as a user and in a group which nobody else on its node is. Windows has no such numbers. */
export const userAndGroupIds = objectRule({
  name: 'user-and-group-ids',
  asks: 'Every container has a user and a group, of its own or from its pod, with high numbers.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Low numbers are those of users of the node: a process that gets out of its container, or a volume of the node, takes it for one of them. Without numbers, the image decides.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  parameters: {
    minimum: {
      type: 'integer',
      description: 'The lowest number of a user or a group. 1 lets everybody but root pass.',
      default: 10_000,
      minimum: 1,
      maximum: 2_147_483_647,
    },
  },
  passes: podWithContainer('securityContext: { runAsUser: 65532, runAsGroup: 65532 }'),
  fails: podWithContainer('securityContext: { runAsUser: 65532, runAsGroup: 1000 }'),
  *check(object, { minimum }) {
    if (isForWindows(object)) return;
    yield* idProblems(object, 'runAsUser', minimum);
    yield* idProblems(object, 'runAsGroup', minimum);
  },
});

function idProblems(object: KubernetesObject, name: IdName, minimum: number): Iterable<Problem> {
  const must = `an integer of ${minimum} or more`;
  const fix = `securityContext: { ${name}: ${minimum} }`;
  return inheritedProblems(object, { name, wrong, must, fix });

  function* wrong(spec: unknown): Iterable<ContainerProblem> {
    const id = fieldAt(spec, 'securityContext', name);
    if (!isPresent(id) || (typeof id === 'number' && Number.isInteger(id) && id >= minimum)) return;
    yield { path: `securityContext.${name}`, problem: `is ${shown(id)}: it must be ${must}`, fix };
  }
}
