import { describe, expect, it } from 'vitest';
import { ingressClass } from '../../../../../policies/rules/network/ingressClass.ts';
import { ingressHost } from '../../../../../policies/rules/network/ingressHost.ts';
import { ingressSnippets } from '../../../../../policies/rules/network/ingressSnippets.ts';
import { ingressTls } from '../../../../../policies/rules/network/ingressTls.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, saidOf } from '../../support/declared.ts';

const ingress = (spec: unknown, annotations: unknown = {}) =>
  declared('networking.k8s.io/v1', 'Ingress', { spec }, { annotations });
const rules = (...hosts: readonly unknown[]) => hosts.map((host) => ({ host }));

it.each([ingressTls, ingressHost, ingressClass, ingressSnippets])(
  '$name says nothing of an Ingress of another group',
  (rule) => {
    const metadata = { annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'deny all;' } };
    const other = declared('config.openshift.io/v1', 'Ingress', { spec: { rules: rules('*') } }, metadata);
    expect(saidOf(rule, other)).toEqual([]);
  },
);

describe('ingress-tls', () => {
  const tls = (...hosts: readonly string[]) => ({ hosts, secretName: 'shop-tls' });

  it.each([
    ['a host', ['a.example.com'], [tls('a.example.com')]],
    ['hosts of several entries', ['a.example.com', 'b.example.com'], [tls('a.example.com'), tls('b.example.com')]],
    ['a wildcard for one label', ['a.example.com'], [tls('*.example.com')]],
    ['the same wildcard', ['*.example.com'], [tls('*.example.com')]],
    ['an entry for every host', ['a.example.com', undefined], [{ secretName: 'shop-tls' }]],
    ['a rule for every host', [undefined], [tls('a.example.com')]],
    ['no rules', [], [tls('a.example.com')]],
  ])('takes %s', (_what, hosts, entries) => {
    expect(saidOf(ingressTls, ingress({ rules: rules(...hosts), tls: entries }))).toEqual([]);
  });

  it.each([
    ['no entries', ['a.example.com'], undefined, 'is missing'],
    ['an empty list', ['a.example.com'], [], 'has no entry with a secretName for a.example.com'],
    [
      'an entry without a Secret',
      ['a.example.com'],
      [{ hosts: ['a.example.com'] }],
      'has no entry with a secretName for a.example.com',
    ],
    ['an empty name', [undefined], [{ secretName: '' }], 'has no entry with a secretName'],
    [
      'a wildcard for two labels',
      ['a.b.example.com'],
      [tls('*.example.com')],
      'has no entry with a secretName for a.b.example.com',
    ],
    [
      'a wildcard for the domain itself',
      ['example.com'],
      [tls('*.example.com')],
      'has no entry with a secretName for example.com',
    ],
    [
      'a wildcard that one host is for',
      ['*.example.com'],
      [tls('a.example.com')],
      'has no entry with a secretName for *.example.com',
    ],
    [
      'one host of two',
      ['a.example.com', 'b.example.com'],
      [tls('a.example.com')],
      'has no entry with a secretName for b.example.com',
    ],
    ['no rules and no entries', [], undefined, 'is missing'],
  ])('refuses %s', (_what, hosts, entries, state) => {
    expect(saidOf(ingressTls, ingress({ rules: rules(...hosts), tls: entries }))).toEqual([
      `spec.tls ${state}: it must have an entry with a secretName for every host`,
    ]);
  });

  it.each([
    'alb.ingress.kubernetes.io/certificate-arn',
    'ingress.gcp.kubernetes.io/pre-shared-cert',
    'networking.gke.io/managed-certificates',
  ])('leaves out what a controller finds certificates for elsewhere: %s', (annotation) => {
    const bare = ingress({ rules: rules('a.example.com') }, { [annotation]: 'arn:…' });
    expect(saidOf(ingressTls, bare)).toEqual([]);
    expect(saidOf(ingressTls, bare, { certificateAnnotations: [] })).toHaveLength(1);
  });

  it('names each host once, and shows the field as it could be written', () => {
    expect(problemsOf(ingressTls, [ingress({ rules: rules('a.example.com', 'a.example.com', undefined) })])).toEqual([
      'Ingress/shop: spec.tls is missing: it must have an entry with a secretName for every host. Fix: tls: [{ hosts: ["a.example.com"], secretName: "shop-tls" }]',
    ]);
  });
});

describe('ingress-host', () => {
  it('refuses every host that is none, and a default backend', () => {
    const spec = { rules: rules('a.example.com', undefined, '', '*.example.com'), defaultBackend: { service: {} } };
    expect(saidOf(ingressHost, ingress(spec))).toEqual([
      'spec.rules[1].host is missing: it must be the whole name of a host',
      'spec.rules[2].host is missing: it must be the whole name of a host',
      'spec.rules[3].host is "*.example.com": it must be the whole name of a host',
      'spec.defaultBackend is set, which answers to every host: it must not be',
    ]);
  });
});

describe('ingress-class', () => {
  it.each([
    [{ ingressClassName: 'nginx' }, {}],
    [{}, { 'kubernetes.io/ingress.class': 'nginx' }],
  ])('takes %j with the annotations %j', (spec, annotations) => {
    expect(saidOf(ingressClass, ingress(spec, annotations))).toEqual([]);
  });

  it.each([
    [{}, {}],
    [{ ingressClassName: '' }, {}],
    [{ ingressClassName: null }, { 'kubernetes.io/ingress.class': '' }],
  ])('refuses %j with the annotations %j', (spec, annotations) => {
    expect(saidOf(ingressClass, ingress(spec, annotations))).toEqual([
      'spec.ingressClassName is missing: it must name an IngressClass',
    ]);
  });
});

describe('ingress-snippets', () => {
  const prefix = 'nginx.ingress.kubernetes.io/';

  it.each(['server-snippet', 'configuration-snippet', 'auth-snippet', 'modsecurity-snippet', 'stream-snippet'])(
    'refuses %s, and does not show it',
    (name) => {
      expect(saidOf(ingressSnippets, ingress({}, { [`${prefix}${name}`]: 'deny all;' }))).toEqual([
        `metadata.annotations["${prefix}${name}"] is a piece of configuration: it must not be set`,
      ]);
    },
  );

  it.each(['server-snippets', 'location-snippets'])('refuses %s of the other controller of nginx', (name) => {
    expect(saidOf(ingressSnippets, ingress({}, { [`nginx.org/${name}`]: 'deny all;' }))).toHaveLength(1);
  });

  it.each([`${prefix}proxy-body-size`, `${prefix}snippets-allowed`, 'example.com/server-snippet'])(
    'takes %s',
    (name) => {
      expect(saidOf(ingressSnippets, ingress({}, { [name]: '8m' }))).toEqual([]);
    },
  );
});
