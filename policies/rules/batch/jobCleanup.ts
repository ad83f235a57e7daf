import { entries, field, fieldAt, number } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { jobWith } from './jobSpec.ts';

// Where a hook says no policy, the one before goes when the next one comes.
const hookAnnotations = ['helm.sh/hook', 'argocd.argoproj.io/hook'];

/** A Job that is done goes away. */
export const jobCleanup = objectRule({
  name: 'job-cleanup',
  asks: 'A Job that nobody else deletes is deleted some time after its end.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'Jobs that have ended stay with their pods and logs until somebody deletes them. Those of a CronJob are deleted by it, and hooks by Helm and Argo CD.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/',
  passes: jobWith('ttlSecondsAfterFinished: 86400'),
  fails: jobWith('ttlSecondsAfterFinished: null'),
  *check(object) {
    if (!object.is('Job', 'batch') || isDeletedOtherwise(object)) return;
    const value = field(field(object.body, 'spec'), 'ttlSecondsAfterFinished');
    if ((number(value) ?? -1) >= 0) return;
    yield {
      path: 'spec.ttlSecondsAfterFinished',
      problem: `${valueState(value)}: it must be a number of seconds`,
      fix: 'ttlSecondsAfterFinished: 86400',
    };
  },
});

function isDeletedOtherwise({ body, annotations }: KubernetesObject): boolean {
  const hasOwner = entries(fieldAt(body, 'metadata', 'ownerReferences')).length > 0;
  return hasOwner || hookAnnotations.some((name) => Object.hasOwn(annotations, name));
}
