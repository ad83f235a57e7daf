import type { Rule } from '../../rule.ts';

/** Rules about Jaeger. */
export const jaegerRules: readonly Rule[] = [];
