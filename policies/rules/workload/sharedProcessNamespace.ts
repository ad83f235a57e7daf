import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { podFieldProblems } from './podField.ts';

/** Containers of a pod do not see each other's processes. */
export const sharedProcessNamespace = objectRule({
  name: 'shared-process-namespace',
  asks: 'Containers of a pod share no process namespace.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Each container could read the environment and the files of all others through /proc, passwords among them, and end their processes.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/',
  passes: podWith('shareProcessNamespace: false'),
  fails: podWith('shareProcessNamespace: true'),
  check: (object) =>
    podFieldProblems(object, {
      name: 'shareProcessNamespace',
      isRight: (value) => value !== true,
      must: 'not be true',
      fix: 'leave shareProcessNamespace out',
    }),
});
