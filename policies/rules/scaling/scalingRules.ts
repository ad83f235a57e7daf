import type { Rule } from '../../rule.ts';

/** Rules about autoscalers and disruption budgets, each by itself. */
export const scalingRules: readonly Rule[] = [];
