import { field } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { cronJobSpecOf, cronJobWith } from './jobSpec.ts';

/** A CronJob does not run beside itself. */
export const cronJobConcurrency = objectRule({
  name: 'cron-job-concurrency',
  asks: 'A CronJob says what happens where its last run has not ended: the new one waits, or takes its place.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'By default a new run starts beside the old one: both change the same data, and runs that take too long pile up.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
  passes: cronJobWith('concurrencyPolicy: Forbid'),
  fails: cronJobWith('concurrencyPolicy: Allow'),
  *check(object) {
    const spec = cronJobSpecOf(object);
    if (spec === undefined) return;
    const value = field(spec, 'concurrencyPolicy');
    if (value === 'Forbid' || value === 'Replace') return;
    yield {
      path: 'spec.concurrencyPolicy',
      problem: `${valueState(value)}: it must be "Forbid" or "Replace"`,
      fix: 'concurrencyPolicy: "Forbid"',
    };
  },
});
