import { fieldAt, number, shown } from '../../kubernetes/fields.ts';
import { parseIntOrPercent } from '../../kubernetes/intOrPercent.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { deploymentWith } from '../exampleYaml.ts';

/** An update replaces pods by itself, one after the other. */
export const updateStrategy = objectRule({
  name: 'update-strategy',
  asks: 'An update replaces pods by itself, and never all of them at once.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'With Recreate, or where all pods may be unavailable, nothing answers while an update runs; with OnDelete, the old version stays until somebody deletes its pods.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  passes: deploymentWith('replicas: 2', 'strategy: { type: RollingUpdate }'),
  fails: deploymentWith('replicas: 2', 'strategy: { type: Recreate }'),
  *check(object) {
    if (object.is('Deployment', 'apps')) {
      const replicas = number(fieldAt(object.body, 'spec', 'replicas')) ?? 1;
      if (replicas < 2) return;
      yield* typeProblems(object, 'strategy', 'Recreate');
      yield* unavailableProblems(object, 'strategy', replicas);
    }
    if (object.is('StatefulSet', 'apps')) yield* typeProblems(object, 'updateStrategy', 'OnDelete');
    if (object.is('DaemonSet', 'apps')) {
      yield* typeProblems(object, 'updateStrategy', 'OnDelete');
      yield* unavailableProblems(object, 'updateStrategy', Infinity);
    }
  },
});

function* typeProblems({ body }: KubernetesObject, strategy: string, wrong: string): Iterable<Problem> {
  if (fieldAt(body, 'spec', strategy, 'type') !== wrong) return;
  yield {
    path: `spec.${strategy}.type`,
    problem: `is "${wrong}": it must be "RollingUpdate"`,
    fix: `${strategy}: { type: "RollingUpdate" }`,
  };
}

function* unavailableProblems({ body }: KubernetesObject, strategy: string, replicas: number): Iterable<Problem> {
  const value = fieldAt(body, 'spec', strategy, 'rollingUpdate', 'maxUnavailable');
  const amount = parseIntOrPercent(value);
  if (amount === undefined || amount.size < (amount.isPercent ? 100 : replicas)) return;
  yield {
    path: `spec.${strategy}.rollingUpdate.maxUnavailable`,
    problem: `is ${shown(value)}, which is all pods: it must be less`,
    fix: `${strategy}: { rollingUpdate: { maxUnavailable: "25%" } }`,
  };
}
