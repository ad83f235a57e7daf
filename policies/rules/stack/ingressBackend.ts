import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { ingressBackends } from './ingressBackends.ts';
import { serviceExample } from './stackExamples.ts';

const service = serviceExample('selector: { app: shop }', 'ports: [{ name: http, port: 80 }]');
const ingress = (name: string) =>
  manifest(
    'networking.k8s.io/v1',
    'Ingress',
    'shop',
    `spec: { defaultBackend: { service: { name: ${name}, port: { number: 80 } } } }`,
  );

/** What an Ingress leads to is there. */
export const ingressBackend = stackRule({
  name: 'ingress-backend',
  asks: 'Every Service that an Ingress leads to is in the set, in its namespace.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'An Ingress that leads to a Service which is not there answers with an error of its controller. The Service may be made elsewhere.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource',
  passes: documents(service, ingress('shop')),
  fails: documents(service, ingress('store')),
  *check(objects) {
    const services = new ObjectIndex(objects, 'Service', '');
    yield* eachObject(objects, function* (object): Iterable<Problem> {
      for (const { service: name, path } of ingressBackends(object)) {
        if (services.find(object.namespace, name) !== undefined) continue;
        yield {
          path: `${path}.name`,
          problem: `is "${name}", and the set has no Service of that name in the namespace of the Ingress: it should`,
          fix: 'the name of a Service of the same namespace',
        };
      }
    });
  },
});
