import type { Rule } from '../../rule.ts';
import { cronJobConcurrency } from './cronJobConcurrency.ts';
import { cronJobDeadline } from './cronJobDeadline.ts';
import { cronJobHistory } from './cronJobHistory.ts';
import { cronJobSchedule } from './cronJobSchedule.ts';
import { jobCleanup } from './jobCleanup.ts';
import { jobDeadline } from './jobDeadline.ts';
import { jobRestartPolicy } from './jobRestartPolicy.ts';
import { jobRetries } from './jobRetries.ts';

/** Rules about Jobs and CronJobs. */
export const batchRules: readonly Rule[] = [
  jobRestartPolicy,
  jobDeadline,
  jobRetries,
  jobCleanup,
  cronJobSchedule,
  cronJobConcurrency,
  cronJobDeadline,
  cronJobHistory,
];
