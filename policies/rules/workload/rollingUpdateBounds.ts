import { field, fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import { parseIntOrPercent } from '../../kubernetes/intOrPercent.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule } from '../../rule.ts';
import { deploymentWith } from '../exampleYaml.ts';

const names = ['maxSurge', 'maxUnavailable'] as const;

/** A rolling update can go on: it may add a pod or take one away; that of a DaemonSet does one of both. */
export const rollingUpdateBounds = objectRule({
  name: 'rolling-update-bounds',
  asks: 'A rolling update may add a pod or take one away, and that of a DaemonSet not both.',
  severity: 'medium',
  level: 'mandatory',
  rationale:
    'The API server refuses an object whose update could do neither, and a DaemonSet whose update could do both.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment',
  passes: deploymentWith('strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }'),
  fails: deploymentWith('strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }'),
  *check(object) {
    const path = rollingUpdatePath(object);
    if (path === undefined) return;
    const rollingUpdate = fieldAt(object.body, ...path);
    for (const name of names) {
      const value = field(rollingUpdate, name);
      if (!isPresent(value) || parseIntOrPercent(value) !== undefined) continue;
      yield {
        path: [...path, name].join('.'),
        problem: `is ${shown(value)}: it must be a whole number, or a percentage as text`,
        fix: `${name}: "25%"`,
      };
    }
    const above = names.filter((name) => !isZero(field(rollingUpdate, name), object.kind, name)).length;
    if (above === 1 || (above === 2 && object.kind === 'Deployment')) return;
    yield {
      path: path.join('.'),
      problem: `has ${above === 0 ? 'neither maxSurge nor' : 'both maxSurge and'} maxUnavailable above 0: one of them must be`,
      fix: 'rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }',
    };
  },
});

function rollingUpdatePath(object: KubernetesObject): readonly string[] | undefined {
  if (object.is('Deployment', 'apps')) return ['spec', 'strategy', 'rollingUpdate'];
  return object.is('DaemonSet', 'apps') ? ['spec', 'updateStrategy', 'rollingUpdate'] : undefined;
}

/** A field that is missing is 25%, but for the `maxSurge` of a DaemonSet, which is 0; its `maxUnavailable` is 1. */
function isZero(value: unknown, kind: string, name: (typeof names)[number]): boolean {
  return isPresent(value) ? parseIntOrPercent(value)?.size === 0 : kind === 'DaemonSet' && name === 'maxSurge';
}
