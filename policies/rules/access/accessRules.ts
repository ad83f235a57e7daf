import type { Rule } from '../../rule.ts';

/** Rules about RBAC. */
export const accessRules: readonly Rule[] = [];
