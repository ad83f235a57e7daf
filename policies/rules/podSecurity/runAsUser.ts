import { fieldAt, isPresent, number, shown } from '../../kubernetes/fields.ts';
import type { ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { inPodAndContainers } from './inPod.ts';

/**
 * No pod or container names root as its user. This holds for pods with `hostUsers: false` too: the feature that lets them off is not on
 * by itself in Kubernetes 1.34 (`UserNamespacesPodSecurityStandards`).
 */
export const runAsUser = objectRule({
  name: 'run-as-user',
  asks: 'No pod or container has runAsUser: 0.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'User 0 is root, in the container and for the files of the node; with runAsNonRoot it does not even start.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  passes: podWithContainer('securityContext: { runAsUser: 10001 }'),
  fails: podWithContainer('securityContext: { runAsUser: 0 }'),
  check: (object) => inPodAndContainers(object, userProblems),
});

function* userProblems(spec: unknown): Iterable<ContainerProblem> {
  const user = fieldAt(spec, 'securityContext', 'runAsUser');
  if (!isPresent(user) || (number(user) ?? 0) > 0) return;
  yield {
    path: 'securityContext.runAsUser',
    problem: `is ${shown(user)}: it must be a number above 0 or left out`,
    fix: 'securityContext: { runAsUser: 10001 }',
  };
}
