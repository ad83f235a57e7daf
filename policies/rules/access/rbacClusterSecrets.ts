import { objectRule } from '../../rule.ts';
import { rbacGroup, roleWith } from './roles.ts';
import { secretReadingProblems } from './secretReading.ts';

/** Nobody reads the Secrets of all namespaces. */
export const rbacClusterSecrets = objectRule({
  name: 'rbac-cluster-secrets',
  asks: 'No ClusterRole lets its subjects read all Secrets.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Among the Secrets of a cluster are the tokens and keys of its own parts: who reads them all has all rights. `list` and `watch` show contents as well as `get`.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets',
  passes: roleWith('ClusterRole', 'apiGroups: [""], resources: [configmaps], verbs: [get, list]'),
  fails: roleWith('ClusterRole', 'apiGroups: [""], resources: [secrets], verbs: [get, list]'),
  *check(object) {
    if (object.is('ClusterRole', rbacGroup)) yield* secretReadingProblems(object, 'the cluster');
  },
});
