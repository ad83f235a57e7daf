import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { inheritedProblems } from './inherited.ts';
import { isForWindows } from './inPod.ts';
import { looseProfiles, profileFix } from './profiles.ts';

const field = {
  name: 'seccompProfile',
  wrong: (spec: unknown) => looseProfiles(spec, 'seccompProfile'),
  must: 'of type "RuntimeDefault" or "Localhost"',
  fix: profileFix('seccompProfile'),
};

/** Every container runs under a seccomp profile. */
export const seccompRestricted = objectRule({
  name: 'seccomp-restricted',
  asks: 'Every container of Linux has a seccomp profile, RuntimeDefault or a local one, by itself or from its pod.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Without a profile a process may make every system call, unless its node has been configured otherwise; most ways out of a container go through one that no service needs.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  passes: podWithContainer('securityContext: { seccompProfile: { type: RuntimeDefault } }'),
  fails: podWithContainer('securityContext: {}'),
  *check(object) {
    if (!isForWindows(object)) yield* inheritedProblems(object, field);
  },
});
