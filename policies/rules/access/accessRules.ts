import type { Rule } from '../../rule.ts';
import { anonymousSubjects } from './anonymousSubjects.ts';
import { clusterAdmin } from './clusterAdmin.ts';
import { defaultServiceAccountBinding } from './defaultServiceAccountBinding.ts';
import { rbacClusterSecrets } from './rbacClusterSecrets.ts';
import { rbacEscalation } from './rbacEscalation.ts';
import { rbacNamespaceSecrets } from './rbacNamespaceSecrets.ts';
import { rbacWildcards } from './rbacWildcards.ts';

/** Rules about RBAC. */
export const accessRules: readonly Rule[] = [
  rbacWildcards,
  clusterAdmin,
  rbacClusterSecrets,
  rbacNamespaceSecrets,
  rbacEscalation,
  anonymousSubjects,
  defaultServiceAccountBinding,
];
