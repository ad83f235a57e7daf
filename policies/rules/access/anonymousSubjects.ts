import { objectRule } from '../../rule.ts';
import { bindingWith, subjectsOf } from './roles.ts';

const everybody: Readonly<Record<string, string>> = {
  'User/system:anonymous': 'anybody who reaches the API server',
  'Group/system:unauthenticated': 'anybody who reaches the API server',
  'Group/system:authenticated': 'everybody with an account, and every pod with a token',
};

/** Rights are given to somebody. */
export const anonymousSubjects = objectRule({
  name: 'anonymous-subjects',
  asks: 'No role is given to everybody.',
  severity: 'critical',
  level: 'mandatory',
  rationale:
    'Anonymous requests need no password; and with some providers everybody who has an account with them is authenticated, whoever that is.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#hardening',
  passes: bindingWith(
    'ClusterRoleBinding',
    'view',
    `kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io`,
  ),
  fails: bindingWith(
    'ClusterRoleBinding',
    'view',
    'kind: Group, name: "system:unauthenticated", apiGroup: rbac.authorization.k8s.io',
  ),
  *check(object) {
    for (const { path, kind, name } of subjectsOf(object)) {
      const subject = `${kind}/${name}`;
      if (!Object.hasOwn(everybody, subject)) continue;
      yield {
        path,
        problem: `is ${subject}, which is ${everybody[subject] ?? ''}: it must be somebody`,
        fix: 'the user, group or ServiceAccount that needs the role',
      };
    }
  },
});
