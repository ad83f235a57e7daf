import { entries, field, fieldAt, isPresent, text } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { ingressHosts } from './ingressHosts.ts';
import { ingressWith } from './networkExamples.ts';

const rules = 'rules: [{ host: shop.example.com }]';

/** Whatever comes in from outside comes over TLS. */
export const ingressTls = objectRule({
  name: 'ingress-tls',
  asks: 'Every host of an Ingress has a TLS certificate from a Secret.',
  severity: 'high',
  level: 'mandatory',
  levels: { dev: 'advisory' },
  rationale:
    'Without, passwords and cookies cross the network in clear text, and anybody on the way can change answers. With a host that no certificate is for, browsers refuse the page.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
  passes: ingressWith(rules, 'tls: [{ hosts: [shop.example.com], secretName: shop-tls }]'),
  fails: ingressWith(rules, 'tls: [{ hosts: [blog.example.com], secretName: shop-tls }]'),
  parameters: {
    certificateAnnotations: {
      type: 'array',
      description:
        'Annotations by which a controller takes certificates from elsewhere: an Ingress with one is not judged.',
      default: [
        'alb.ingress.kubernetes.io/certificate-arn',
        'ingress.gcp.kubernetes.io/pre-shared-cert',
        'networking.gke.io/managed-certificates',
      ],
      items: { type: 'string', minLength: 1 },
    },
  },
  *check(object, { certificateAnnotations }) {
    if (!object.is('Ingress', 'networking.k8s.io')) return;
    if (certificateAnnotations.some((name) => Object.hasOwn(object.annotations, name))) return;
    const tls = entries(fieldAt(object.body, 'spec', 'tls')).filter(hasSecret);
    const hosts = ingressHosts(object.body);
    const bare = hosts.filter(({ host }) => !tls.some((entry) => isFor(entry, host)));
    if (bare.length === 0 && (hosts.length > 0 || tls.length > 0)) return;
    const named = [...new Set(bare.map(({ host }) => host).filter((host) => host !== ''))];
    yield {
      path: 'spec.tls',
      problem: `${stateOf(field(field(object.body, 'spec'), 'tls'), named)}: it must have an entry with a secretName for every host`,
      fix: `tls: [{ hosts: ${JSON.stringify(named.length === 0 ? ['shop.example.com'] : named)}, secretName: "${object.name}-tls" }]`,
    };
  },
});

function stateOf(tls: unknown, hosts: readonly string[]): string {
  if (!isPresent(tls)) return 'is missing';
  return hosts.length === 0
    ? 'has no entry with a secretName'
    : `has no entry with a secretName for ${hosts.join(', ')}`;
}

function hasSecret(entry: unknown): boolean {
  return (text(field(entry, 'secretName')) ?? '') !== '';
}

/** An entry without hosts is for all of them, and any entry is better than none for a rule that is for all hosts. */
function isFor(entry: unknown, host: string): boolean {
  const hosts = entries(field(entry, 'hosts'));
  const wildcard = host.replace(/^[^.]+/, '*');
  return hosts.length === 0 || host === '' || hosts.includes(host) || hosts.includes(wildcard);
}
