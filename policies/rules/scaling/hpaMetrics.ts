import { field, number, shown, text } from '../../kubernetes/fields.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { metricSpecs, type MetricSpec } from './hpaMetricSpecs.ts';
import { autoscalerWith } from './scalingExamples.ts';

// What a metric of each type can aim at.
const aims: Readonly<Record<string, readonly string[]>> = {
  Resource: ['averageUtilization', 'averageValue'],
  ContainerResource: ['averageUtilization', 'averageValue'],
  Pods: ['averageValue'],
  Object: ['value', 'averageValue'],
  External: ['value', 'averageValue'],
};
const bounds = ['minReplicas: 2', 'maxReplicas: 5'];
const example =
  '{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }';

/** An autoscaler can tell when to scale. */
export const hpaMetrics = objectRule({
  name: 'hpa-metrics',
  asks: 'Each metric of an autoscaler says what it is and which value is aimed at.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'The API server refuses a metric that is not whole. An autoscaler without any metric is right: it aims at 80% of the requested CPU.',
  link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details',
  passes: autoscalerWith(...bounds, `metrics: [${example}]`),
  fails: autoscalerWith(...bounds, 'metrics: [{ type: "Resource", resource: { name: "cpu" } }]'),
  *check(object) {
    for (const metric of metricSpecs(object)) yield* metricProblems(metric);
  },
});

function* metricProblems(metric: MetricSpec): Iterable<Problem> {
  const { type, block, content, target, path } = metric;
  const possible = Object.hasOwn(aims, type) ? (aims[type] ?? []) : [];
  if (possible.length === 0) {
    const state = type === '' ? 'is missing' : `is ${shown(type)}`;
    yield {
      path: `${path}.type`,
      problem: `${state}: it must be one of ${Object.keys(aims).join(', ')}`,
      fix: example,
    };
    return;
  }
  for (const [name, value] of namesOf(type, content)) {
    if ((text(value) ?? '') !== '') continue;
    yield { path: `${path}.${block}.${name}`, problem: 'is missing: it must not be empty', fix: `${name}: "…"` };
  }
  if (possible.some((name) => isAim(name, field(target, name)))) return;
  yield {
    path: `${path}.${block}.target`,
    problem: `has no value to aim at: it must have ${possible.join(' or ')} above 0`,
    fix: `target: { ${possible[0] === 'averageUtilization' ? 'type: "Utilization", averageUtilization: 70' : 'type: "AverageValue", averageValue: "100"'} }`,
  };
}

/** The texts that a metric of a type cannot be without. */
function namesOf(type: string, content: unknown): readonly (readonly [string, unknown])[] {
  if (type === 'Resource') return [['name', field(content, 'name')]];
  if (type !== 'ContainerResource') return [['metric.name', field(field(content, 'metric'), 'name')]];
  return [
    ['name', field(content, 'name')],
    ['container', field(content, 'container')],
  ];
}

function isAim(name: string, value: unknown): boolean {
  return name === 'averageUtilization' ? (number(value) ?? 0) > 0 : (parseQuantity(value) ?? 0n) > 0n;
}
