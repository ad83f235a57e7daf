import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { serviceSelectorOf } from './selectedByService.ts';
import { serviceExample, workloadExample } from './stackExamples.ts';

const service = serviceExample('selector: { app: shop }', 'ports: [{ port: 80 }]');

/** A Service with a selector leads to some pods. */
export const serviceSelector = stackRule({
  name: 'service-selector',
  asks: 'Every Service with a selector selects pods of the set, in its namespace.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'A Service that selects nothing refuses every connection, and nothing else says why.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  passes: documents(workloadExample(), service),
  fails: documents(workloadExample({ labels: 'app: store' }), service),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const services = objects.filter((object) => object.is('Service', ''));
    yield* eachObject(services, function* (object): Iterable<Problem> {
      const selector = serviceSelectorOf(object);
      if (selector === undefined || pods.first(object.namespace, selector) !== undefined) return;
      yield {
        path: 'spec.selector',
        problem: 'selects no pods of the set: it must match labels of pods in its namespace',
        fix: 'selector: labels of the pod template that it is meant for',
      };
    });
  },
});
