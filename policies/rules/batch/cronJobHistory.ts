import { field, isPresent, number } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { cronJobSpecOf, cronJobWith } from './jobSpec.ts';

/** A CronJob keeps its last runs, and not all of them. */
export const cronJobHistory = objectRule({
  name: 'cron-job-history',
  asks: 'A CronJob keeps some of its last runs, and the last that failed among them.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'The logs of a run that failed go with it; and runs that are kept by the hundred fill the API server. By default, 3 runs and 1 that failed are kept.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits',
  passes: cronJobWith('failedJobsHistoryLimit: 1'),
  fails: cronJobWith('failedJobsHistoryLimit: 0'),
  parameters: {
    maximum: { type: 'integer', description: 'The most runs of each kind that are kept.', default: 10, minimum: 1 },
  },
  *check(object, { maximum }) {
    const spec = cronJobSpecOf(object);
    if (spec === undefined) return;
    const least = { successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 1 };
    for (const [name, minimum] of Object.entries(least)) {
      const value = field(spec, name);
      const limit = number(value);
      if (!isPresent(value) || (limit !== undefined && limit >= minimum && limit <= maximum)) continue;
      yield {
        path: `spec.${name}`,
        problem: `${valueState(value)}: it must be from ${minimum} to ${maximum} runs`,
        fix: `${name}: ${minimum === 0 ? Math.min(3, maximum) : 1}`,
      };
    }
  },
});
