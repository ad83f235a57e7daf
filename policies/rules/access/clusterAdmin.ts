import { fieldAt } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { bindingWith, subjectsOf, type Subject } from './roles.ts';

const account = 'kind: ServiceAccount, name: shop, namespace: shop';

/** Nobody is given the whole cluster in passing. */
export const clusterAdmin = objectRule({
  name: 'cluster-admin',
  asks: 'Nobody has the role `cluster-admin`, but for those who are named here.',
  severity: 'critical',
  level: 'mandatory',
  rationale: 'Whoever has it, or gets at its token, may do everything, to every node and Secret.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  passes: bindingWith('ClusterRoleBinding', 'view', account),
  fails: bindingWith('ClusterRoleBinding', 'cluster-admin', account),
  parameters: {
    subjects: {
      type: 'array',
      description: 'Who may have it: `User/NAME`, `Group/NAME` or `ServiceAccount/NAMESPACE/NAME`.',
      default: [],
      items: { type: 'string', minLength: 1 },
    },
  },
  *check(object, { subjects }) {
    const role = fieldAt(object.body, 'roleRef', 'name');
    if (role !== 'cluster-admin' || fieldAt(object.body, 'roleRef', 'kind') !== 'ClusterRole') return;
    for (const subject of subjectsOf(object)) {
      if (subjects.includes(identityOf(subject))) continue;
      yield {
        path: subject.path,
        problem: `gives cluster-admin to ${identityOf(subject)}: it must be another role${subjects.length === 0 ? '' : `, or one of ${subjects.join(', ')}`}`,
        fix: 'a role that gives what is needed and no more',
      };
    }
  },
});

function identityOf({ kind, namespace, name }: Subject): string {
  return [kind, namespace, name].filter((part) => part !== '').join('/');
}
