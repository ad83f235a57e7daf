import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { ingressBackend } from '../../../../../policies/rules/stack/ingressBackend.ts';
import { ingressBackendPort } from '../../../../../policies/rules/stack/ingressBackendPort.ts';
import { serviceExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const service = serviceExample('ports: [{ name: http, port: 80, targetPort: 8080 }, { port: 443 }]');
const ingress = (...backends: readonly string[]) =>
  manifest(
    'networking.k8s.io/v1',
    'Ingress',
    'shop',
    `spec: { rules: [{ http: { paths: [${backends.map((backend) => `{ backend: { ${backend} } }`).join(', ')}] } }] }`,
  );
const to = (name: string, port: string) => `service: { name: ${name}, port: { ${port} } }`;

describe('ingress-backend', () => {
  it('finds each Service that is not there', () => {
    expect(
      problemsOf(ingressBackend, documents(service, ingress(to('shop', 'number: 80'), to('blog', 'number: 80')))),
    ).toEqual([
      'Ingress/shop/shop: spec.rules[0].http.paths[1].backend.service.name is "blog", and the set has no Service of that name in the namespace of the Ingress: it should. Fix: the name of a Service of the same namespace',
    ]);
  });

  it('looks in the namespace of the Ingress, and leaves other backends alone', () => {
    const elsewhere = ingress(to('shop', 'number: 80')).replace('namespace: shop', 'namespace: other');
    expect(findingsOf(ingressBackend, documents(service, elsewhere))).toHaveLength(1);
    expect(findingsOf(ingressBackend, ingress('resource: { kind: Bucket, name: a }'))).toEqual([]);
  });

  it('leaves alone what an annotation of AWS is for', () => {
    const redirect = ingress(to('ssl-redirect', 'name: use-annotation'), to('shop', 'name: use-annotation'));
    const yaml = documents(service, redirect);
    expect([ingressBackend, ingressBackendPort].flatMap((rule) => findingsOf(rule, yaml))).toEqual([]);
  });
});

describe('ingress-backend-port', () => {
  it.each(['number: 80', 'number: 443', 'name: http'])('finds { %s }', (port) => {
    expect(findingsOf(ingressBackendPort, documents(service, ingress(to('shop', port))))).toEqual([]);
  });

  it.each([
    ['number: 8080', '8080'],
    ['name: https', '"https"'],
    ['', 'not set'],
  ])('does not find { %s }', (port, shown) => {
    expect(problemsOf(ingressBackendPort, documents(service, ingress(to('shop', port))))).toEqual([
      `Ingress/shop/shop: spec.rules[0].http.paths[0].backend.service.port is ${shown}, which Service/shop/shop does not have: it must be one of its ports (http = 80, 443). Fix: port: { name or number of a port of the Service }`,
    ]);
  });

  it('takes any port for a host elsewhere whose Service has none, and asks for one of its own otherwise', () => {
    const elsewhere = (...fields: readonly string[]) =>
      documents(
        serviceExample('type: ExternalName', 'externalName: shop.example', ...fields),
        ingress(to('shop', 'number: 443')),
      );
    expect(findingsOf(ingressBackendPort, elsewhere())).toEqual([]);
    expect(findingsOf(ingressBackendPort, elsewhere('ports: [{ port: 80 }]'))).toHaveLength(1);
    const bare = documents(serviceExample('clusterIP: None'), ingress(to('shop', 'number: 443')));
    expect(findingsOf(ingressBackendPort, bare)).toHaveLength(1);
  });

  it('has nothing to say of a Service that is not there', () => {
    expect(findingsOf(ingressBackendPort, ingress(to('blog', 'number: 1')))).toEqual([]);
  });
});
