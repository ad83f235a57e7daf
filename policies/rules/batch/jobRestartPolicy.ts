import { fieldAt } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { jobSpecOf, jobWith } from './jobSpec.ts';

/** The pods of a Job end. */
export const jobRestartPolicy = objectRule({
  name: 'job-restart-policy',
  asks: 'The pods of Jobs say whether their containers are started again: never, or after a failure.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'The API server refuses a Job whose pods would be started again for ever, which is the default of pods.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template',
  passes: jobWith(),
  fails: jobWith().replace('restartPolicy: Never', 'restartPolicy: Always'),
  *check(object) {
    const job = jobSpecOf(object);
    if (job === undefined) return;
    const value = fieldAt(job.spec, 'template', 'spec', 'restartPolicy');
    if (value === 'Never' || value === 'OnFailure') return;
    yield {
      path: `${job.path}.template.spec.restartPolicy`,
      problem: `${valueState(value)}: it must be "Never" or "OnFailure"`,
      fix: 'restartPolicy: "Never"',
    };
  },
});
