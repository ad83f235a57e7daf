import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { isMonitor, monitorEndpoints, monitorTargets, type MonitorTarget } from './monitors.ts';
import { workloadExample } from './stackExamples.ts';

const deployment = workloadExample({ container: ['ports: [{ name: metrics, containerPort: 9090 }]'] });
const monitor = (port: string) =>
  manifest(
    'monitoring.coreos.com/v1',
    'PodMonitor',
    'shop',
    `spec: { selector: { matchLabels: { app: shop } }, podMetricsEndpoints: [{ port: ${port} }] }`,
  );

/** The ports that a monitor names are there. */
export const monitorPorts = stackRule({
  name: 'monitor-ports',
  asks: 'Every port that a ServiceMonitor or PodMonitor names is a port of what it selects.',
  severity: 'medium',
  level: 'mandatory',
  rationale: 'Prometheus leaves out what has no port of that name: there are no metrics and no error.',
  link: 'https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint',
  passes: documents(deployment, monitor('metrics')),
  fails: documents(deployment, monitor('admin')),
  *check(objects) {
    const services = new ObjectIndex(objects, 'Service', '');
    const pods = yield* podsOf(objects);
    yield* eachObject(objects.filter(isMonitor), (object) =>
      portProblems(object, monitorTargets(object, services, pods)),
    );
  },
});

function* portProblems(monitor: KubernetesObject, targets: readonly MonitorTarget[]): Iterable<Problem> {
  // That it selects nothing is `monitor-services`' affair.
  if (targets.length === 0) return;
  const known = targets.flatMap(({ ports }) => ports);
  const names = [...new Set(known.map(({ name }) => name).filter((name) => name !== ''))];
  for (const { port, portNumber, path } of monitorEndpoints(monitor)) {
    if (port !== undefined && !names.includes(port))
      yield {
        path: `${path}.port`,
        problem: `is "${port}", which nothing that it selects has: it must be the name of one of their ports${names.length === 0 ? '' : ` (${names.join(', ')})`}`,
        fix: `port: ${names[0] === undefined ? 'the name of a port' : `"${names[0]}"`}`,
      };
    else if (port === undefined && portNumber !== undefined && !known.some(({ number }) => number === portNumber))
      yield {
        path: `${path}.portNumber`,
        problem: `is ${portNumber}, which no selected pod declares: it must be one of their containerPorts`,
        fix: 'portNumber: a containerPort of the pods',
      };
  }
}
