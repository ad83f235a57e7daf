import { field, number } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { jobSpecOf, jobWith } from './jobSpec.ts';

/** A Job ends, whatever happens. */
export const jobDeadline = objectRule({
  name: 'job-deadline',
  asks: 'Every Job has a time after which it is ended.',
  severity: 'medium',
  level: 'advisory',
  rationale: 'A Job that hangs keeps its pod, and with `Forbid` its CronJob never starts another.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  passes: jobWith('activeDeadlineSeconds: 600'),
  fails: jobWith('activeDeadlineSeconds: null'),
  *check(object) {
    const job = jobSpecOf(object);
    if (job === undefined) return;
    const value = field(job.spec, 'activeDeadlineSeconds');
    if ((number(value) ?? 0) > 0) return;
    yield {
      path: `${job.path}.activeDeadlineSeconds`,
      problem: `${valueState(value)}: it must be a number of seconds above 0`,
      fix: 'activeDeadlineSeconds: 600',
    };
  },
});
