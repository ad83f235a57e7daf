import { objectRule } from '../../rule.ts';
import { rbacGroup, roleWith } from './roles.ts';
import { secretReadingProblems } from './secretReading.ts';

/** Who reads Secrets reads those that he needs. */
export const rbacNamespaceSecrets = objectRule({
  name: 'rbac-namespace-secrets',
  asks: 'No Role lets its subjects read all Secrets of its namespace.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'The Secrets of a namespace are those of all its applications. `list` and `watch` show contents as well as `get`.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets',
  passes: roleWith('Role', 'apiGroups: [""], resources: [secrets], resourceNames: [shop], verbs: [get]'),
  fails: roleWith('Role', 'apiGroups: [""], resources: [secrets], resourceNames: [], verbs: [get]'),
  *check(object) {
    if (object.is('Role', rbacGroup)) yield* secretReadingProblems(object, 'the namespace');
  },
});
