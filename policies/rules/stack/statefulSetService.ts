import { fieldAt, text, texts, field } from '../../kubernetes/fields.ts';
import { selects } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { serviceSelectorOf } from './selectedByService.ts';
import { serviceExample, workloadExample } from './stackExamples.ts';

const statefulSet = workloadExample({ kind: 'StatefulSet', spec: ['serviceName: shop'] });
const service = (clusterIp: string) =>
  serviceExample(`clusterIP: ${clusterIp}`, 'selector: { app: shop }', 'ports: [{ port: 80 }]');

/** The Service that gives the pods of a StatefulSet their names is there. */
export const statefulSetService = stackRule({
  name: 'stateful-set-service',
  asks: 'The serviceName of every StatefulSet is a headless Service of the set that selects its pods.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Without such a Service, the pods have no names of their own by which others, or they themselves, could reach them.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  passes: documents(statefulSet, service('None')),
  fails: documents(statefulSet, service('10.0.0.1')),
  *check(objects) {
    const services = new ObjectIndex(objects, 'Service', '');
    const sets = objects.filter((object) => object.is('StatefulSet', 'apps'));
    yield* eachObject(sets, (object) => serviceProblems(object, services));
  },
});

function* serviceProblems(object: KubernetesObject, services: ObjectIndex): Iterable<Problem> {
  const name = text(fieldAt(object.body, 'spec', 'serviceName')) ?? '';
  const service = name === '' ? undefined : services.find(object.namespace, name);
  const problem = name === '' ? 'is missing' : service === undefined ? notThere(name) : unfit(service, object);
  if (problem === undefined) return;
  yield {
    path: 'spec.serviceName',
    problem: `${problem}: it should name a headless Service that selects the pods`,
    fix: 'a Service of that name with clusterIP: "None" and the selector of the StatefulSet',
  };
}

function notThere(name: string): string {
  return `is "${name}", and the set has no Service of that name in the namespace`;
}

function unfit(service: KubernetesObject, { workload }: KubernetesObject): string | undefined {
  if (fieldAt(service.body, 'spec', 'clusterIP') !== 'None') return `is "${service.name}", which is not headless`;
  const selector = serviceSelectorOf(service);
  const isSelected = selector !== undefined && selects(selector, texts(field(workload?.metadata, 'labels')));
  return isSelected ? undefined : `is "${service.name}", which does not select the pods`;
}
