import type { ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { otherValues } from './allowedValues.ts';
import { inPodAndContainers } from './inPod.ts';

const options = {
  type: ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'],
  user: [''],
  role: [''],
};

/** No pod or container takes itself a user, a role or a strong type of SELinux. */
export const seLinux = objectRule({
  name: 'se-linux',
  asks: 'No pod or container has SELinux options with a user, a role, or a type that is none of containers.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    "With another type, user or role, a process is no longer held to a container's files, and may touch those of its node.",
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('securityContext: { seLinuxOptions: { type: container_t } }'),
  fails: podWithContainer('securityContext: { seLinuxOptions: { type: spc_t } }'),
  check: (object) => inPodAndContainers(object, optionProblems),
});

function* optionProblems(spec: unknown): Iterable<ContainerProblem> {
  for (const [option, allowed] of Object.entries(options)) {
    const path = `securityContext.seLinuxOptions.${option}`;
    yield* otherValues(spec, { path, allowed, fix: `leave ${path} out` });
  }
}
