import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { inPodAndContainers } from './inPod.ts';
import { looseProfiles } from './profiles.ts';

/**
 * No pod or container switches seccomp off. The old annotations mean nothing any more: neither the kubelet nor the API server's own
 * check reads them.
 */
export const seccompBaseline = objectRule({
  name: 'seccomp-baseline',
  asks: 'No pod or container has a seccomp profile other than RuntimeDefault or a local one.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'A profile keeps a process off the system calls that no service needs; most ways out of a container go through one of them. "Unconfined" opens them all.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('securityContext: { seccompProfile: { type: RuntimeDefault } }'),
  fails: podWithContainer('securityContext: { seccompProfile: { type: Unconfined } }'),
  check: (object) => inPodAndContainers(object, (spec) => looseProfiles(spec, 'seccompProfile')),
});
