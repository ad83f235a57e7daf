import { fieldAt, shown } from '../../kubernetes/fields.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { isForWindows } from './inPod.ts';

/** No process of a container gains rights that its parent has not. */
export const privilegeEscalation = objectRule({
  name: 'privilege-escalation',
  asks: 'Every container of Linux has allowPrivilegeEscalation: false.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'Otherwise a program with a set-user-ID bit makes root out of any user, runAsNonRoot or not.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  passes: podWithContainer('securityContext: { allowPrivilegeEscalation: false }'),
  fails: podWithContainer('securityContext: { allowPrivilegeEscalation: true }'),
  *check(object) {
    if (!isForWindows(object)) yield* eachContainer(object, ({ spec }) => escalationProblems(spec));
  },
});

function* escalationProblems(spec: unknown): Iterable<ContainerProblem> {
  const value = fieldAt(spec, 'securityContext', 'allowPrivilegeEscalation');
  if (value === false) return;
  yield {
    path: 'securityContext.allowPrivilegeEscalation',
    problem: `is ${shown(value)}: it must be false`,
    fix: 'securityContext: { allowPrivilegeEscalation: false }',
  };
}
