import { fieldAt, shown } from '../../kubernetes/fields.ts';
import { labelMapSelectorOf } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { PodIndex } from '../../kubernetes/podIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { gather } from '../gather.ts';
import { probesOf } from './probes.ts';

const service = manifest('v1', 'Service', 'shop', 'spec: { selector: { app: shop } }');

/** Pods that end get no requests before they can answer. Those that last have a readiness probe by `container-probes`. */
export const servedReadiness = stackRule({
  name: 'served-readiness',
  asks: 'Pods that end, such as those of a Job, have a readiness probe where a Service selects them.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Most often the Service was never meant for them, and they only carry its labels: while they run, a share of the requests goes to a pod that does not answer.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/probes/',
  passes: documents(service, endingPod('migration')),
  fails: documents(service, endingPod('shop')),
  *check(objects) {
    const pods = new PodIndex();
    yield* gather(objects, (object) => {
      if (isUnready(object)) pods.add(object);
    });
    const services = new Map<KubernetesObject, KubernetesObject>();
    yield* gather(objects, (object) => {
      if (!object.is('Service', '')) return;
      const selector = labelMapSelectorOf(fieldAt(object.body, 'spec', 'selector'));
      for (const selected of pods.matching(object.namespace, selector)) services.set(selected.object, object);
    });
    yield* eachObject(services.keys(), (object) => unreadyProblems(object, services.get(object)));
  },
});

/** Whether pods end, and no container of theirs has a readiness probe. */
function isUnready({ workload }: KubernetesObject): boolean {
  if (workload === undefined || workload.lasting) return false;
  return !workload.containers.some((container) => probesOf(container).some(({ name }) => name === 'readinessProbe'));
}

function* unreadyProblems({ workload }: KubernetesObject, service: KubernetesObject | undefined): Iterable<Problem> {
  yield {
    path: `${workload?.podPath ?? 'spec'}.containers`,
    problem: `have no readinessProbe, though the Service ${shown(service?.name)} selects the pods: one must have it`,
    fix: 'labels that no Service selects, or readinessProbe: { httpGet: { path: "/", port: 8080 } }',
  };
}

function endingPod(app: string): string {
  const pod = manifest('v1', 'Pod', 'migration', 'spec: { restartPolicy: Never, containers: [{ name: migration }] }');
  return pod.replace('namespace: shop', `namespace: shop, labels: { app: ${app} }`);
}
