import { eachContainer } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { amountProblems } from './resourceAmounts.ts';

/** Every container, init containers and those of jobs included, declares requests and limits of CPU and memory. */
export const containerResources = objectRule({
  name: 'container-resources',
  asks: 'Every container has requests and limits of CPU and memory, and no request above its limit.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Without requests, the scheduler puts pods where they do not fit; without limits, one container takes the memory and processors of all others on its node.',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  passes: podWithContainer(
    'resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: 500m, memory: 256Mi } }',
  ),
  fails: podWithContainer('resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: 500m } }'),
  check: (object) => eachContainer(object, (container) => amountProblems(container, ['cpu', 'memory'])),
});
