import type { Rule } from '../../rule.ts';

/** Rules about pods and what makes them. */
export const workloadRules: readonly Rule[] = [];
