import { field, isPresent, number, shown } from '../../kubernetes/fields.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { jobSpecOf, jobWith } from './jobSpec.ts';

const byDefault = 6;

/** A Job that cannot succeed is not tried for ever. */
export const jobRetries = objectRule({
  name: 'job-retries',
  asks: 'A Job is not tried again too often.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'Each try pulls, starts and fails again, and the alarm comes after the last. 6 retries, which are the default, take about an hour.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
  passes: jobWith('backoffLimit: 2'),
  fails: jobWith('backoffLimit: 100'),
  parameters: {
    maximum: { type: 'integer', description: 'The most retries.', default: byDefault, minimum: 0 },
  },
  *check(object, { maximum }) {
    const job = jobSpecOf(object);
    if (job === undefined) return;
    // Where each index has retries of its own, they are without a bound together unless one is written.
    const isIndexed = isPresent(field(job.spec, 'backoffLimitPerIndex'));
    if (isIndexed) yield* limitProblems(job.spec, job.path, 'backoffLimitPerIndex', maximum);
    else yield* limitProblems(job.spec, job.path, 'backoffLimit', maximum);
  },
});

function* limitProblems(spec: unknown, path: string, name: string, maximum: number): Iterable<Problem> {
  const value = field(spec, name);
  const limit = number(isPresent(value) ? value : byDefault);
  if (limit !== undefined && limit >= 0 && limit <= maximum) return;
  yield {
    path: `${path}.${name}`,
    problem: `${isPresent(value) ? `is ${shown(value)}` : `is missing, so that it is ${byDefault}`}: it must be from 0 to ${maximum} retries`,
    fix: `${name}: ${Math.min(2, maximum)}`,
  };
}
