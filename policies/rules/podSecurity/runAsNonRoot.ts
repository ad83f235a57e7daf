import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import type { ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { inheritedProblems } from './inherited.ts';

const fix = 'securityContext: { runAsNonRoot: true }';

/**
 * Every container is started only as somebody else than root. This holds for pods with `hostUsers: false` too: the feature that lets
 * them off is not on by itself in Kubernetes 1.34 (`UserNamespacesPodSecurityStandards`).
 */
export const runAsNonRoot = objectRule({
  name: 'run-as-non-root',
  asks: 'Every container has runAsNonRoot: true, by itself or from its pod.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'Who breaks out of a container is then nobody on the node; as root, they are root there too.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  passes: podWithContainer('securityContext: { runAsNonRoot: true }'),
  fails: podWithContainer('securityContext: { runAsNonRoot: false }'),
  check: (object) => inheritedProblems(object, { name: 'runAsNonRoot', wrong: rootProblems, must: 'true', fix }),
});

function* rootProblems(spec: unknown): Iterable<ContainerProblem> {
  const value = fieldAt(spec, 'securityContext', 'runAsNonRoot');
  if (!isPresent(value) || value === true) return;
  yield { path: 'securityContext.runAsNonRoot', problem: `is ${shown(value)}: it must be true`, fix };
}
