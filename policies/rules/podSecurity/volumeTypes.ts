import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { alternatives } from './allowedValues.ts';
import { inPod } from './inPod.ts';
import { forbiddenVolumes } from './volumes.ts';

const allowed = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const must = `it must be ${alternatives(allowed)} instead`;

/** Every volume of a pod is of a type that needs no right on the node or the network. */
export const volumeTypes = objectRule({
  name: 'volume-types',
  asks: 'Every volume of a pod is a configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret volume.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Others mount what the author of the pod names, a server or a directory of the node, without anybody who manages storage having agreed; a claim is bound by those who do.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  passes: podWith('volumes: [{ name: data, persistentVolumeClaim: { claimName: shop } }]'),
  fails: podWith('volumes: [{ name: data, nfs: { server: files.example, path: /shop } }]'),
  check: (object) => inPod(object, (podSpec) => forbiddenVolumes(podSpec, (type) => !allowed.includes(type), must)),
});
