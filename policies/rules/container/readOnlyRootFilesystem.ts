import { fieldAt } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { isForWindows } from '../podSecurity/inPod.ts';
import { valueState } from '../valueState.ts';

/** No container writes into its own image. The API server refuses the field for Windows. */
export const readOnlyRootFilesystem = objectRule({
  name: 'read-only-root-filesystem',
  asks: 'Every container has a root filesystem that it cannot write to.',
  severity: 'medium',
  level: 'mandatory',
  rationale:
    'Whoever breaks into a container can otherwise put programs there, or change those that run. What must be written goes into a volume.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  passes: podWithContainer('securityContext: { readOnlyRootFilesystem: true }'),
  fails: podWithContainer('securityContext: { readOnlyRootFilesystem: false }'),
  check: (object) => (isForWindows(object) ? [] : eachContainer(object, rootProblems)),
});

function* rootProblems({ spec }: Container): Iterable<ContainerProblem> {
  const value = fieldAt(spec, 'securityContext', 'readOnlyRootFilesystem');
  if (value === true) return;
  yield {
    path: 'securityContext.readOnlyRootFilesystem',
    problem: `${valueState(value)}: it must be true`,
    fix: 'securityContext: { readOnlyRootFilesystem: true }, with an emptyDir volume for what is written',
  };
}
