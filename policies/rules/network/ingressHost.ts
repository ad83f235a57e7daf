import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { ingressHosts } from './ingressHosts.ts';
import { ingressWith } from './networkExamples.ts';

/** An Ingress says whose requests it takes. */
export const ingressHost = objectRule({
  name: 'ingress-host',
  asks: 'An Ingress names the hosts that it answers to, each by its whole name.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'A rule without a host, a host with `*` and a default backend take requests that are meant for others, those of hosts that are yet to come among them.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards',
  passes: ingressWith('rules: [{ host: shop.example.com }]'),
  fails: ingressWith('rules: [{ host: "*.example.com" }]'),
  *check(object) {
    if (!object.is('Ingress', 'networking.k8s.io')) return;
    for (const { host, path } of ingressHosts(object.body)) {
      if (host !== '' && !host.startsWith('*')) continue;
      yield {
        path,
        problem: `${host === '' ? 'is missing' : `is ${shown(host)}`}: it must be the whole name of a host`,
        fix: 'host: "shop.example.com"',
      };
    }
    if (!isPresent(fieldAt(object.body, 'spec', 'defaultBackend'))) return;
    yield {
      path: 'spec.defaultBackend',
      problem: 'is set, which answers to every host: it must not be',
      fix: 'rules: [{ host: "shop.example.com", … }]',
    };
  },
});
