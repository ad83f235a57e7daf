import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { inPod } from './inPod.ts';
import { forbiddenVolumes } from './volumes.ts';

/** No pod mounts a directory of its node. */
export const hostPathVolumes = objectRule({
  name: 'host-path-volumes',
  asks: 'No pod has a hostPath volume.',
  severity: 'critical',
  level: 'mandatory',
  rationale:
    'Who writes to the file system of a node can take the node over, and who reads it finds the secrets of all pods on it.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWith('volumes: [{ name: data, emptyDir: {} }]'),
  fails: podWith('volumes: [{ name: data, hostPath: { path: /var/lib/shop } }]'),
  check: (object) =>
    inPod(object, (podSpec) => forbiddenVolumes(podSpec, (type) => type === 'hostPath', 'it must not be')),
});
