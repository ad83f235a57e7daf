import { shown } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { PodIndex } from '../../kubernetes/podIndex.ts';
import { podPorts, servicePorts, targetedPorts } from '../../kubernetes/ports.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { selectedByService } from './selectedByService.ts';
import { serviceExample, workloadExample } from './stackExamples.ts';

const deployment = workloadExample({ container: ['ports: [{ name: http, containerPort: 8080 }]'] });
const leadingTo = (port: string) =>
  serviceExample('selector: { app: shop }', `ports: [{ port: 80, targetPort: ${port} }]`);

/** A port that a Service names is one of its pods'. */
export const serviceTargetPort = stackRule({
  name: 'service-target-port',
  asks: 'Every named targetPort of a Service is the name of a port of the pods that it selects, of the same protocol.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'A Service leaves out pods that have no port of that name: connections to it are refused.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  passes: documents(deployment, leadingTo('http')),
  fails: documents(deployment, leadingTo('web')),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const services = objects.filter((object) => object.is('Service', ''));
    yield* eachObject(services, (service) => namedPortProblems(service, pods));
  },
});

function* namedPortProblems(service: KubernetesObject, pods: PodIndex): Iterable<Problem> {
  const named = servicePorts(service.body).filter(({ target }) => typeof target === 'string');
  if (named.length === 0) return;
  const selected = selectedByService(service, pods);
  // That it selects nothing is `service-selector`'s affair.
  if (selected.length === 0) return;
  const ports = selected.flatMap(({ workload }) => podPorts(workload));
  for (const port of named) {
    if (targetedPorts(port, ports).length > 0) continue;
    const known = ports.filter(({ name, protocol }) => name !== '' && protocol === port.protocol);
    const names = [...new Set(known.map(({ name }) => name))];
    yield {
      path: `${port.path}.targetPort`,
      problem: `is ${shown(port.target)} (${port.protocol}), which no selected pod has: it must be a name of their ports${names.length === 0 ? '' : ` (${names.join(', ')})`}`,
      fix: names[0] === undefined ? 'name the port of the container' : `targetPort: "${names[0]}"`,
    };
  }
}
