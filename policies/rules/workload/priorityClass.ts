import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { podFieldProblems } from './podField.ts';

/** Pods say how much they matter. */
export const priorityClass = objectRule({
  name: 'priority-class',
  asks: 'Pods have a priority class.',
  severity: 'low',
  level: 'advisory',
  rationale: 'Where nodes are full, pods without a priority are the first that wait or are evicted, whatever they do.',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
  passes: podWith('priorityClassName: business'),
  fails: podWith(),
  check: (object) =>
    podFieldProblems(object, {
      name: 'priorityClassName',
      isRight: (value) => typeof value === 'string' && value !== '',
      must: 'name a PriorityClass',
      fix: 'priorityClassName: "NAME", and a PriorityClass of that name',
    }),
});
