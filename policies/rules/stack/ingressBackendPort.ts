import { fieldAt, shown } from '../../kubernetes/fields.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { servicePorts } from '../../kubernetes/ports.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { ingressBackends } from './ingressBackends.ts';
import { serviceExample } from './stackExamples.ts';

const service = serviceExample('selector: { app: shop }', 'ports: [{ name: http, port: 80 }]');
const ingress = (port: number) =>
  manifest(
    'networking.k8s.io/v1',
    'Ingress',
    'shop',
    `spec: { defaultBackend: { service: { name: shop, port: { number: ${port} } } } }`,
  );

/** The port that an Ingress leads to is one of the Service's. */
export const ingressBackendPort = stackRule({
  name: 'ingress-backend-port',
  asks: 'Every port that an Ingress leads to is a port of the Service, where that is in the set.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    "The Service's own ports count, not those of its pods; with another one, every request ends in an error of the controller.",
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource',
  passes: documents(service, ingress(80)),
  fails: documents(service, ingress(8080)),
  *check(objects) {
    const services = new ObjectIndex(objects, 'Service', '');
    yield* eachObject(objects, function* (object): Iterable<Problem> {
      for (const { service: name, port, path } of ingressBackends(object)) {
        const found = services.find(object.namespace, name);
        if (found === undefined) continue;
        const ports = servicePorts(found.body);
        // A name for a host elsewhere needs no ports: controllers ask that host at the port of the Ingress.
        if (ports.length === 0 && fieldAt(found.body, 'spec', 'type') === 'ExternalName') continue;
        if (ports.some((one) => (typeof port === 'string' ? one.name : one.number) === port)) continue;
        const known = ports.map((one) =>
          one.name === '' ? String(one.number) : `${one.name} = ${String(one.number)}`,
        );
        yield {
          path: `${path}.port`,
          problem: `is ${shown(port)}, which ${found.identity} does not have: it must be one of its ports (${known.join(', ')})`,
          fix: 'port: { name or number of a port of the Service }',
        };
      }
    });
  },
});
