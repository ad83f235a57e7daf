import { fieldAt, text } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { serviceWith } from './networkExamples.ts';

/** Services are reached from inside the cluster. */
export const serviceType = objectRule({
  name: 'service-type',
  asks: 'Services open no ports of nodes and no load balancer of their own.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'A NodePort is reached on every node, and so is a LoadBalancer in most clusters; an Ingress in front of them has one place for TLS, logins and limits.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  passes: serviceWith('type: ClusterIP'),
  fails: serviceWith('type: NodePort'),
  parameters: {
    allowedTypes: {
      type: 'array',
      description: 'Types of Services that may be.',
      default: ['ClusterIP', 'ExternalName'],
      items: { type: 'string', minLength: 1 },
    },
  },
  *check(object, { allowedTypes }) {
    if (!object.is('Service', '')) return;
    const type = text(fieldAt(object.body, 'spec', 'type')) ?? 'ClusterIP';
    if (allowedTypes.includes(type)) return;
    yield {
      path: 'spec.type',
      problem: `is "${type}": it must be ${allowedTypes.join(' or ')}`,
      fix: `type: "${allowedTypes[0] ?? 'ClusterIP'}", with an Ingress in front of it`,
    };
  },
});
