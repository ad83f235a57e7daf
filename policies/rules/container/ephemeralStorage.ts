import { eachContainer } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { amountProblems } from './resourceAmounts.ts';

/** Every container, init containers and those of jobs included, declares how much of its node's disk it takes. */
export const ephemeralStorage = objectRule({
  name: 'ephemeral-storage',
  asks: 'Every container has a request and a limit of ephemeral storage, and no request above its limit.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Logs, emptyDir volumes and files of a container fill the disk of its node. Then the kubelet evicts pods, and those without a request go first.',
  link: 'https://kubernetes.io/docs/concepts/storage/ephemeral-storage/',
  passes: podWithContainer('resources: { requests: { ephemeral-storage: 256Mi }, limits: { ephemeral-storage: 1Gi } }'),
  fails: podWithContainer('resources: { requests: { ephemeral-storage: 256Mi } }'),
  check: (object) => eachContainer(object, (container) => amountProblems(container, ['ephemeral-storage'])),
});
