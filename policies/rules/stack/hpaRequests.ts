import { entries, field, fieldAt, isPresent, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { isScaledObject } from '../../kubernetes/replicas.ts';
import type { Workload } from '../../kubernetes/workloads.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { replicasOf } from '../gather.ts';
import { autoscalerExample, workloadExample } from './stackExamples.ts';

const autoscaler = autoscalerExample(
  'metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]',
);
const requesting = (resource: string) => workloadExample({ container: [`resources: { requests: { ${resource} } }`] });

/** What is scaled by its utilization of a resource requests that resource. */
export const hpaRequests = stackRule({
  name: 'hpa-requests',
  asks: 'Every container of what a HorizontalPodAutoscaler scales requests the resources whose utilization it measures.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'Utilization is a share of the request: where one container has none, the autoscaler does nothing at all.',
  link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work',
  passes: documents(requesting('cpu: 100m'), autoscaler),
  fails: documents(requesting('memory: 128Mi'), autoscaler),
  *check(objects) {
    const replicas = yield* replicasOf(objects);
    yield* eachObject(objects, function* (object): Iterable<Problem> {
      const scaler = replicas.autoscalerOf(object);
      // What KEDA measures stands elsewhere, and is seldom a share of a request.
      if (scaler === undefined || isScaledObject(scaler) || object.workload === undefined) return;
      for (const metric of measured(scaler)) yield* requestProblems(object.workload, metric, scaler);
    });
  },
});

interface Metric {
  readonly resource: string;
  /** `undefined` for all of the pod. */
  readonly container: string | undefined;
}

/** What an autoscaler measures as a share of the request: CPU, where it says nothing. */
function measured({ body, apiVersion }: KubernetesObject): readonly Metric[] {
  const metrics = entries(fieldAt(body, 'spec', 'metrics'));
  if (apiVersion === 'autoscaling/v1' || metrics.length === 0) return [{ resource: 'cpu', container: undefined }];
  return metrics.flatMap((metric) =>
    (['resource', 'containerResource'] as const).flatMap((source) => {
      const found = field(metric, source);
      const resource = text(field(found, 'name'));
      if (resource === undefined || fieldAt(found, 'target', 'type') !== 'Utilization') return [];
      return [{ resource, container: text(field(found, 'container')) }];
    }),
  );
}

function* requestProblems(
  { containers, podSpec }: Workload,
  { resource, container }: Metric,
  scaler: KubernetesObject,
): Iterable<Problem> {
  if (container === undefined && hasRequest(podSpec, resource)) return;
  for (const { name, path, role, spec } of containers) {
    const counts = role === 'main' || role === 'sidecar';
    if (!counts || (container !== undefined && container !== name) || hasRequest(spec, resource)) continue;
    yield {
      path: `${path}.resources.requests.${resource}`,
      container: name,
      problem: `is missing: ${scaler.identity} measures the utilization of it, so that it must be set`,
      fix: `resources: { requests: { ${resource}: ${resource === 'memory' ? '"128Mi"' : '"100m"'} } }`,
    };
  }
}

/** The API server takes a limit for the request where there is none. */
function hasRequest(spec: unknown, resource: string): boolean {
  const resources = field(spec, 'resources');
  return ['requests', 'limits'].some((bound) => isPresent(fieldAt(resources, bound, resource)));
}
