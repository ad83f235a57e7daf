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
const leadingTo = (port: number) =>
  serviceExample('selector: { app: shop }', `ports: [{ port: 80, targetPort: ${port} }]`);

/** A port that a Service leads to by its number is one that its pods declare. */
export const serviceDeclaredPort = stackRule({
  name: 'service-declared-port',
  asks: 'Every port number that a Service leads to is declared by the pods that it selects.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'A process may listen on a port that its container does not declare; more often the number is misspelt, and connections are refused.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  passes: documents(deployment, leadingTo(8080)),
  fails: documents(deployment, leadingTo(8081)),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const services = objects.filter((object) => object.is('Service', ''));
    yield* eachObject(services, (service) => numberProblems(service, pods));
  },
});

function* numberProblems(service: KubernetesObject, pods: PodIndex): Iterable<Problem> {
  const selected = selectedByService(service, pods);
  if (selected.length === 0) return;
  const ports = selected.flatMap(({ workload }) => podPorts(workload));
  for (const port of servicePorts(service.body)) {
    if (typeof port.target !== 'number' || targetedPorts(port, ports).length > 0) continue;
    yield {
      path: `${port.path}.${port.hasTarget ? 'targetPort' : 'port'}`,
      problem: `is ${shown(port.target)} (${port.protocol}), which no selected pod declares: it should be one of their containerPorts`,
      fix: `ports: [{ containerPort: ${port.target}, protocol: "${port.protocol}" }] in the container, or another targetPort`,
    };
  }
}
