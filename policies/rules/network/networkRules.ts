import type { Rule } from '../../rule.ts';

/** Rules about Services, Ingresses and network policies, each by itself. */
export const networkRules: readonly Rule[] = [];
