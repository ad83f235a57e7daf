import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { serviceAccountOf } from './serviceAccountOf.ts';

/** Pods run as a ServiceAccount of their own. */
export const defaultServiceAccount = objectRule({
  name: 'default-service-account',
  asks: 'Pods name a ServiceAccount other than `default`.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'What is once granted to `default` is granted to every pod of the namespace that names no other, now and later.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  passes: podWith('serviceAccountName: shop'),
  fails: podWith('serviceAccountName: default'),
  *check({ workload }) {
    const name = serviceAccountOf(workload);
    if (workload === undefined || (name !== undefined && name !== 'default')) return;
    yield {
      path: `${workload.podPath}.serviceAccountName`,
      problem: `${name === undefined ? 'is missing, so that it is "default"' : 'is "default"'}: it must name another ServiceAccount`,
      fix: 'serviceAccountName: "NAME", and a ServiceAccount of that name',
    };
  },
});
