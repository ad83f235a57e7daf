import { entries, fieldAt, shown } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule } from '../../rule.ts';
import { serviceWith } from './networkExamples.ts';

const sourceAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** A load balancer takes traffic from known addresses. */
export const loadBalancerSources = objectRule({
  name: 'load-balancer-sources',
  asks: 'A Service of type LoadBalancer names the addresses that it takes traffic from.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Without, the whole internet reaches it, as far as its cloud lets traffic in. One that its annotations make internal is left out.',
  link: 'https://kubernetes.io/docs/tasks/access-application-cluster/configure-cloud-provider-firewall/#restrict-access-for-loadbalancer-service',
  passes: serviceWith('type: LoadBalancer', 'loadBalancerSourceRanges: [198.51.100.0/24]'),
  fails: serviceWith('type: LoadBalancer', 'loadBalancerSourceRanges: [0.0.0.0/0]'),
  *check(object) {
    if (!object.is('Service', '') || fieldAt(object.body, 'spec', 'type') !== 'LoadBalancer') return;
    const ranges = sourcesOf(object);
    if (isInternal(object) || (ranges.length > 0 && !ranges.some(isEverywhere))) return;
    yield {
      path: 'spec.loadBalancerSourceRanges',
      problem: `${ranges.length === 0 ? 'is missing' : `is ${shown(ranges)}`}: it must name the addresses that may come in, and not all there are`,
      fix: 'loadBalancerSourceRanges: ["198.51.100.0/24"]',
    };
  },
});

function sourcesOf({ body, annotations }: KubernetesObject): readonly unknown[] {
  const ranges = entries(fieldAt(body, 'spec', 'loadBalancerSourceRanges'));
  if (ranges.length > 0) return ranges;
  // The API server still takes the annotation from which the field was made.
  const old = (annotations[sourceAnnotation] ?? '').split(',').map((range) => range.trim());
  return old.filter((range) => range !== '');
}

function isEverywhere(range: unknown): boolean {
  return typeof range === 'string' && range.endsWith('/0');
}

/**
 * Every cloud has an annotation of its own for it, such as `networking.gke.io/load-balancer-type: Internal` or
 * `service.beta.kubernetes.io/azure-load-balancer-internal: "true"`.
 */
function isInternal({ annotations }: KubernetesObject): boolean {
  return Object.entries(annotations).some(([name, value]) => {
    if (!/load-?balancer/i.test(name)) return false;
    return /^(?:internal|private)$/i.test(value) || (/internal/i.test(name) && !/^(?:false|no|)$/i.test(value));
  });
}
