import { field, number } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { cronJobSpecOf, cronJobWith } from './jobSpec.ts';

/** A run that was missed is made up for a while, and then no more. */
export const cronJobDeadline = objectRule({
  name: 'cron-job-deadline',
  asks: 'A CronJob says how late a run may start.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Without, a CronJob that has missed more than 100 runs is never started again. The controller looks every 10 seconds, so that a shorter time may miss every run.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline',
  passes: cronJobWith('startingDeadlineSeconds: 200'),
  fails: cronJobWith('startingDeadlineSeconds: 5'),
  *check(object) {
    const spec = cronJobSpecOf(object);
    if (spec === undefined) return;
    const value = field(spec, 'startingDeadlineSeconds');
    if ((number(value) ?? 0) >= 10) return;
    yield {
      path: 'spec.startingDeadlineSeconds',
      problem: `${valueState(value)}: it must be 10 seconds or more`,
      fix: 'startingDeadlineSeconds: 200',
    };
  },
});
