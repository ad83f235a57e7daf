import { eachContainer } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { otherValues } from './allowedValues.ts';

const procMountField = {
  path: 'securityContext.procMount',
  allowed: ['Default'],
  fix: 'leave securityContext.procMount out',
};

/**
 * Every container sees the masked `/proc`. This holds for pods with `hostUsers: false` too: the feature that lets them off is not on by
 * itself in Kubernetes 1.34 (`UserNamespacesPodSecurityStandards`).
 */
export const procMount = objectRule({
  name: 'proc-mount',
  asks: 'No container has a procMount other than "Default".',
  severity: 'high',
  level: 'mandatory',
  rationale: 'The runtime hides parts of /proc that tell of the node and change it; "Unmasked" shows them.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('securityContext: { procMount: Default }'),
  fails: podWithContainer('securityContext: { procMount: Unmasked }'),
  check: (object) => eachContainer(object, ({ spec }) => otherValues(spec, procMountField)),
});
