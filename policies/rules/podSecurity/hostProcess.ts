import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { otherValues } from './allowedValues.ts';
import { inPodAndContainers } from './inPod.ts';

const hostProcessField = {
  path: 'securityContext.windowsOptions.hostProcess',
  allowed: [false],
  fix: 'leave securityContext.windowsOptions.hostProcess out',
};

/** No pod of Windows, and no container of one, runs as a process of its node. */
export const hostProcess = objectRule({
  name: 'host-process',
  asks: 'No pod or container is a HostProcess container of Windows.',
  severity: 'critical',
  level: 'mandatory',
  rationale: 'Such a container is no container: its processes run on the node itself and may do there what they like.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('securityContext: { windowsOptions: { hostProcess: false } }'),
  fails: podWithContainer('securityContext: { windowsOptions: { hostProcess: true } }'),
  check: (object) => inPodAndContainers(object, (spec) => otherValues(spec, hostProcessField)),
});
