import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { isMonitor, monitorTargets } from './monitors.ts';
import { workloadExample } from './stackExamples.ts';

const monitor = manifest(
  'monitoring.coreos.com/v1',
  'PodMonitor',
  'shop',
  'spec: { selector: { matchLabels: { app: shop } }, podMetricsEndpoints: [{ port: metrics }] }',
);

/** A monitor finds something. */
export const monitorServices = stackRule({
  name: 'monitor-services',
  asks: 'Every ServiceMonitor selects Services of the set, and every PodMonitor pods of it.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    "A monitor that selects nothing yields no metrics and no error. A ServiceMonitor goes by the Service's own labels, not by its selector. What it selects may be made elsewhere.",
  link: 'https://prometheus-operator.dev/docs/developer/getting-started/#using-servicemonitors',
  passes: documents(workloadExample(), monitor),
  fails: documents(workloadExample({ labels: 'app: store' }), monitor),
  *check(objects) {
    const services = new ObjectIndex(objects, 'Service', '');
    const pods = yield* podsOf(objects);
    yield* eachObject(objects.filter(isMonitor), function* (object): Iterable<Problem> {
      if (monitorTargets(object, services, pods).length > 0) return;
      const kind = object.kind === 'ServiceMonitor' ? 'Service' : 'pods';
      yield {
        path: 'spec.selector',
        problem: `selects no ${kind} of the set: it should match the labels of ${kind === 'pods' ? 'some' : 'one'} in the namespaces that it looks at`,
        fix: `selector: { matchLabels: labels of the ${kind} }, or namespaceSelector: { matchNames: their namespaces }`,
      };
    });
  },
});
