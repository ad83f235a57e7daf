import { entries, field, fieldAt, isPresent, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';

/** A metric that an autoscaler of `autoscaling/v2` looks at. */
export interface MetricSpec {
  /** `Resource`; empty where none is written. */
  readonly type: string;
  /** What belongs to the type: `resource`. */
  readonly block: string;
  /** What stands in that block. */
  readonly content: unknown;
  readonly target: unknown;
  /** `spec.metrics[0]`. */
  readonly path: string;
}

/** The metrics of an autoscaler; none for another object, or for an older version. @throws UnknownFieldError */
export function metricSpecs(object: KubernetesObject): readonly MetricSpec[] {
  // Its first version of them had other fields; `removed-api-versions` says that it is gone.
  if (!object.is('HorizontalPodAutoscaler', 'autoscaling') || object.apiVersion === 'autoscaling/v2beta1') return [];
  return entries(fieldAt(object.body, 'spec', 'metrics')).map((metric, index) => {
    const type = text(field(metric, 'type')) ?? '';
    const block = type.charAt(0).toLowerCase() + type.slice(1);
    const content = field(metric, block);
    return { type, block, content, target: field(content, 'target'), path: `spec.metrics[${index}]` };
  });
}

/** The target in percent that `autoscaling/v1` has instead; `undefined` where there is none. @throws UnknownFieldError */
export function oldCpuTarget(object: KubernetesObject): unknown {
  if (!object.is('HorizontalPodAutoscaler', 'autoscaling')) return undefined;
  const target = fieldAt(object.body, 'spec', 'targetCPUUtilizationPercentage');
  return isPresent(target) ? target : undefined;
}
