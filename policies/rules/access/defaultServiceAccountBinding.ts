import { objectRule } from '../../rule.ts';
import { bindingWith, subjectsOf } from './roles.ts';

/** Rights are given to a ServiceAccount of their own. */
export const defaultServiceAccountBinding = objectRule({
  name: 'default-service-account-binding',
  asks: 'No role is given to a ServiceAccount named `default`.',
  severity: 'medium',
  level: 'advisory',
  rationale: 'Every pod of the namespace that names no ServiceAccount gets these rights, now and later.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  passes: bindingWith('RoleBinding', 'view', 'kind: ServiceAccount, name: shop, namespace: shop'),
  fails: bindingWith('RoleBinding', 'view', 'kind: ServiceAccount, name: default, namespace: shop'),
  *check(object) {
    for (const { path, kind, name } of subjectsOf(object)) {
      if (kind !== 'ServiceAccount' || name !== 'default') continue;
      yield {
        path: `${path}.name`,
        problem: 'is "default": it must be another ServiceAccount',
        fix: 'a ServiceAccount for the pods that need the role, and serviceAccountName in them',
      };
    }
  },
});
