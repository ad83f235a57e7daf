import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { podFieldProblems } from './podField.ts';

/** The classes that the cluster's own parts need are left to them. */
export const systemPriority = objectRule({
  name: 'system-priority',
  asks: 'Only pods of the cluster itself have a priority class `system-…`.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    "Such pods push all others off their nodes, and are the last that are evicted. An object without a namespace is not judged, for it may be one of the cluster's own.",
  link: 'https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/',
  passes: podWith('priorityClassName: business'),
  fails: podWith('priorityClassName: system-node-critical'),
  parameters: {
    namespaces: {
      type: 'array',
      description: "Namespaces of the cluster's own parts.",
      default: ['kube-system'],
      items: { type: 'string', minLength: 1 },
    },
  },
  *check(object, { namespaces }) {
    if (object.namespace === '' || namespaces.includes(object.namespace)) return;
    yield* podFieldProblems(object, {
      name: 'priorityClassName',
      isRight: (value) => typeof value !== 'string' || !value.startsWith('system-'),
      must: `not start with "system-" outside of ${namespaces.join(', ')}`,
      fix: 'priorityClassName: "NAME", and a PriorityClass of that name',
    });
  },
});
