import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { podFieldProblems } from './podField.ts';

/** The scheduler decides where pods run. */
export const pinnedNode = objectRule({
  name: 'pinned-node',
  asks: 'Pods name no node that they run on.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Such a pod goes past the scheduler: it fails where the node has no room for it, and is not moved when the node goes away.',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename',
  passes: podWith('nodeSelector: { kubernetes.io/os: linux }'),
  fails: podWith('nodeName: node-1'),
  check: (object) =>
    podFieldProblems(object, {
      name: 'nodeName',
      isRight: (value) => typeof value !== 'string' || value === '',
      must: 'not be set',
      fix: 'nodeSelector or affinity, by labels of nodes',
    }),
});
