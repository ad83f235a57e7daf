import { field, isPresent, number, shown } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule } from '../../rule.ts';
import { metricSpecs, oldCpuTarget } from './hpaMetricSpecs.ts';
import { autoscalerWith } from './scalingExamples.ts';

const aimedAt = (percent: number): string =>
  autoscalerWith(
    'minReplicas: 2',
    'maxReplicas: 5',
    `metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: ${percent} } } }]`,
  );

/** An autoscaler aims at a utilization that pods can have, with room to spare. */
export const hpaUtilization = objectRule({
  name: 'hpa-utilization',
  asks: 'The utilization that an autoscaler aims at is within bounds.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'It is a share of what pods request. Above 100%, pods are to use more than the scheduler has kept for them; and what starts only then has no room while it starts.',
  link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details',
  passes: aimedAt(70),
  fails: aimedAt(150),
  parameters: {
    minimum: {
      type: 'integer',
      description: 'The lowest utilization, in percent of the request.',
      default: 1,
      minimum: 1,
    },
    maximum: {
      type: 'integer',
      description: 'The highest utilization, in percent of the request.',
      default: 100,
      minimum: 1,
    },
  },
  *check(object, { minimum, maximum }) {
    for (const [path, value] of targetsOf(object)) {
      const percent = number(value);
      if (percent !== undefined && percent >= minimum && percent <= maximum) continue;
      yield {
        path,
        problem: `is ${shown(value)}: it must be from ${minimum} to ${maximum} percent of the request`,
        fix: `averageUtilization: ${Math.min(Math.max(70, minimum), maximum)}`,
      };
    }
  },
});

function targetsOf(object: KubernetesObject): readonly (readonly [path: string, value: unknown])[] {
  const targets = metricSpecs(object).map(({ path, block, target }): [string, unknown] => [
    `${path}.${block}.target.averageUtilization`,
    field(target, 'averageUtilization'),
  ]);
  const old: [string, unknown] = ['spec.targetCPUUtilizationPercentage', oldCpuTarget(object)];
  return [...targets, old].filter(([, value]) => isPresent(value));
}
