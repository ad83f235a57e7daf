import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { PodIndex } from '../../kubernetes/podIndex.ts';
import { podPorts, servicePorts, targetedPorts, type ServicePort } from '../../kubernetes/ports.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { selectedByService } from './selectedByService.ts';
import { serviceExample, workloadExample } from './stackExamples.ts';

const service = serviceExample('selector: { app: shop }', 'ports: [{ port: 80, targetPort: http }]');
const deployment = (second: string) =>
  workloadExample({
    pod: [
      'initContainers:',
      `  - { name: proxy, restartPolicy: Always, ports: [{ name: ${second}, containerPort: 4180 }] }`,
    ],
    container: ['ports: [{ name: http, containerPort: 8080 }]'],
  });

/** A name of a port means one port. */
export const duplicatePortNames = stackRule({
  name: 'duplicate-port-names',
  asks: 'No two ports of a Service have the same name, and no name to which it leads is that of ports of two containers.',
  severity: 'medium',
  level: 'mandatory',
  rationale:
    'The API server refuses a name that stands twice in a Service; of two containers with a port of one name, the first gets everything.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services',
  passes: documents(deployment('proxy'), service),
  fails: documents(deployment('http'), service),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const services = objects.filter((object) => object.is('Service', ''));
    yield* eachObject(services, function* (service): Iterable<Problem> {
      yield* repeated(servicePorts(service.body));
      yield* ambiguous(service, pods);
    });
  },
});

function* repeated(ports: readonly ServicePort[]): Iterable<Problem> {
  const seen = new Set<string>();
  for (const { name, path } of ports) {
    if (seen.has(name) && name !== '')
      yield {
        path: `${path}.name`,
        problem: `is "${name}", as that of another port of the Service is: it must be there once`,
        fix: 'a name of its own',
      };
    seen.add(name);
  }
}

function* ambiguous(service: KubernetesObject, pods: PodIndex): Iterable<Problem> {
  const named = servicePorts(service.body).filter(({ target }) => typeof target === 'string');
  if (named.length === 0) return;
  for (const { object, workload } of selectedByService(service, pods)) {
    const ports = podPorts(workload);
    for (const port of named) {
      const found = new Set(targetedPorts(port, ports).map(({ container }) => container));
      if (found.size < 2) continue;
      yield {
        path: `${port.path}.targetPort`,
        problem: `is "${port.target}", which is a port of several containers of ${object.identity} (${[...found].join(', ')}): it must be one's`,
        fix: 'a name of its own for each port of the pod',
      };
    }
  }
}
