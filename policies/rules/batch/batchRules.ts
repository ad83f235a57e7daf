import type { Rule } from '../../rule.ts';

/** Rules about Jobs and CronJobs. */
export const batchRules: readonly Rule[] = [];
