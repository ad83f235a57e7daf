import { field, isPresent, shown } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { objectRule } from '../../rule.ts';
import { containersOf } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';

const nothing = new ObjectIndex([], '', '');

/** Kubernetes makes no settings for Jaeger. */
export const jaegerServiceLinks = objectRule({
  name: 'jaeger-service-links',
  asks: 'Pods with a Jaeger container get no environment variables from the Services of their namespace.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'A Service named jaeger-agent or collector sets variables such as COLLECTOR_PORT, which Jaeger takes for its own flags: it does not start, or listens elsewhere.',
  link: 'https://github.com/jaegertracing/jaeger/issues/1986',
  passes: jaegerExample('query', { pod: ['enableServiceLinks: false'] }),
  fails: jaegerExample('query', { pod: ['enableServiceLinks: true'] }),
  *check(object: KubernetesObject) {
    const { workload, namespace } = object;
    if (containersOf(object, { namespace, configMaps: nothing, secrets: nothing }).length === 0) return;
    const links = field(workload?.podSpec, 'enableServiceLinks');
    if (links === false) return;
    yield {
      path: `${workload?.podPath ?? 'spec'}.enableServiceLinks`,
      problem: `is ${isPresent(links) ? shown(links) : 'not set, which means true'}: it must be false`,
      fix: 'enableServiceLinks: false',
    };
  },
});
