import { fieldAt, text } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { ingressWith } from './networkExamples.ts';

const oldAnnotation = 'kubernetes.io/ingress.class';

/** An Ingress says which controller it is for. */
export const ingressClass = objectRule({
  name: 'ingress-class',
  asks: 'An Ingress says its class.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'Without, the class that is the default when it is made answers, and where there is none nobody does; with several controllers, each may.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class',
  passes: ingressWith('ingressClassName: nginx'),
  fails: ingressWith('ingressClassName: ""'),
  *check(object) {
    if (!object.is('Ingress', 'networking.k8s.io')) return;
    const name = text(fieldAt(object.body, 'spec', 'ingressClassName')) ?? object.annotations[oldAnnotation] ?? '';
    if (name !== '') return;
    yield {
      path: 'spec.ingressClassName',
      problem: 'is missing: it must name an IngressClass',
      fix: 'ingressClassName: "NAME"',
    };
  },
});
