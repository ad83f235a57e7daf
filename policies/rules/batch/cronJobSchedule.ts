import { field, isPresent, shown } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { scheduleFault } from './cronSchedule.ts';
import { cronJobSpecOf, cronJobWith } from './jobSpec.ts';

/** A CronJob has a schedule and a time zone that there are. */
export const cronJobSchedule = objectRule({
  name: 'cron-job-schedule',
  asks: 'The schedule of a CronJob is one that Kubernetes can read, and so is its time zone.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'The API server refuses any other.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  passes: cronJobWith('schedule: "0 3 * * *"'),
  fails: cronJobWith('schedule: "0 3 * *"'),
  *check(object) {
    const spec = cronJobSpecOf(object);
    if (spec === undefined) return;
    const schedule = field(spec, 'schedule');
    const fault = typeof schedule === 'string' ? scheduleFault(schedule) : valueState(schedule);
    if (fault !== undefined)
      yield {
        path: 'spec.schedule',
        problem: `${fault}: it must be minute, hour, day of the month, month and day of the week, or a word such as @daily`,
        fix: 'schedule: "0 3 * * *"',
      };
    const timeZone = field(spec, 'timeZone');
    if (!isPresent(timeZone) || isTimeZone(timeZone)) return;
    yield {
      path: 'spec.timeZone',
      problem: `is ${shown(timeZone)}: it must be the name of a time zone`,
      fix: 'timeZone: "Etc/UTC"',
    };
  },
});

function isTimeZone(name: unknown): boolean {
  // JavaScript also takes offsets, which are no names.
  if (typeof name !== 'string' || !/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
