import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { jaegerAdminPorts } from '../../../../../policies/rules/jaeger/jaegerAdminPorts.ts';
import { jaegerExample } from '../../../../../policies/rules/jaeger/jaegerExamples.ts';
import { policyExample, serviceExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const query = jaegerExample('query', {
  container: ['ports: [{ name: http, containerPort: 16686 }, { name: admin, containerPort: 16687 }]'],
});
const service = (port: string, ...lines: readonly string[]) =>
  serviceExample('selector: { app: query }', `ports: [{ name: it, port: 80, ${port} }]`, ...lines);

describe('jaeger-admin-ports', () => {
  it.each([
    ['targetPort: 16687', 'type: NodePort', 1],
    ['targetPort: 16687', 'type: LoadBalancer', 1],
    ['targetPort: admin', 'type: LoadBalancer', 1],
    ['targetPort: 16687', 'externalIPs: [192.0.2.1]', 1],
    ['targetPort: 16687', 'type: ClusterIP', 0],
    ['targetPort: http', 'type: LoadBalancer', 0],
    ['targetPort: 16687, protocol: UDP', 'type: LoadBalancer', 0],
  ])('of a Service with %s, %s', (port, type, count) => {
    expect(findingsOf(jaegerAdminPorts, documents(query, service(port, type)))).toHaveLength(count);
  });

  it.each([
    ['collector', 14269],
    ['all-in-one', 14269],
    ['query', 16687],
    ['agent', 14271],
    ['ingester', 14270],
  ])('knows the port of the %s', (program, port) => {
    const pods = jaegerExample('query').replace('jaeger-query', `jaeger-${program}`);
    expect(problemsOf(jaegerAdminPorts, documents(pods, service(`targetPort: ${port}`, 'type: NodePort')))).toEqual([
      'Service/shop/shop: spec.ports[0] leads from outside of the cluster to the admin port of Deployment/shop/query: it must not. Fix: leave the port out; Prometheus asks the pods',
    ]);
  });

  it('knows a port that is set', () => {
    const moved = jaegerExample('query', { env: ['{ name: ADMIN_HTTP_HOST_PORT, value: ":9000" }'] });
    const count = (port: number) =>
      findingsOf(jaegerAdminPorts, documents(moved, service(`targetPort: ${port}`, 'type: NodePort'))).length;
    expect([count(9000), count(16687)]).toEqual([1, 0]);
  });

  it.each([
    ['pods of others', query.replace('jaeger-query', 'shop')],
    ['a job of Jaeger', query.replace('jaeger-query', 'jaeger-es-index-cleaner')],
  ])('has nothing to say of %s', (_what, pods) => {
    expect(findingsOf(jaegerAdminPorts, documents(pods, service('targetPort: 16687', 'type: NodePort')))).toEqual([]);
  });

  const ingress = (port: string) =>
    manifest(
      'networking.k8s.io/v1',
      'Ingress',
      'ui',
      `spec: { defaultBackend: { service: { name: shop, port: { ${port} } } } }`,
    );

  it('finds a port behind an Ingress', () => {
    for (const port of ['number: 80', 'name: it'])
      expect(problemsOf(jaegerAdminPorts, documents(query, service('targetPort: admin'), ingress(port)))).toEqual([
        'Ingress/shop/ui: spec.defaultBackend.service.port leads from outside of the cluster to the admin port of Deployment/shop/query: it must not. Fix: another port of the Service',
      ]);
    expect(findingsOf(jaegerAdminPorts, documents(query, service('targetPort: http'), ingress('number: 80')))).toEqual(
      [],
    );
    expect(findingsOf(jaegerAdminPorts, documents(query, service('targetPort: admin'), ingress('number: 81')))).toEqual(
      [],
    );
    expect(findingsOf(jaegerAdminPorts, documents(query, ingress('number: 80')))).toEqual([]);
  });

  const policy = (rule: string, app = 'query') =>
    policyExample(`podSelector: { matchLabels: { app: ${app} } }`, `ingress: [${rule}]`);
  const everywhere = '{ from: [{ namespaceSelector: {} }] }';

  it.each([
    '{}',
    '{ from: [] }',
    everywhere,
    '{ from: [{ namespaceSelector: {}, podSelector: {} }] }',
    '{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }',
    '{ from: [{ ipBlock: { cidr: "::/0" } }] }',
    '{ from: [{ podSelector: { matchLabels: { app: a } } }, {}] }',
    '{ ports: [{ port: 16687 }] }',
    '{ ports: [{ port: admin }] }',
    '{ ports: [{ port: 16000, endPort: 17000 }] }',
    '{ ports: [{ protocol: TCP }] }',
  ])('finds that a policy lets everybody in by %s', (rule) => {
    expect(problemsOf(jaegerAdminPorts, documents(query, policy(rule)))).toEqual([
      'NetworkPolicy/shop/shop: spec.ingress[0] lets everybody to the admin port of Deployment/shop/query: it must name who may, or other ports. Fix: from: [{ namespaceSelector: the namespace of Prometheus, podSelector: its pods }]',
    ]);
  });

  it.each([
    '{ ports: [{ port: 16686 }] }',
    '{ ports: [{ protocol: UDP }] }',
    '{ from: [{ podSelector: {} }] }',
    '{ from: [{ namespaceSelector: { matchLabels: { a: b } } }] }',
    '{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: prometheus } } }] }',
    '{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }',
  ])('takes a policy with %s', (rule) => {
    expect(findingsOf(jaegerAdminPorts, documents(query, policy(rule)))).toEqual([]);
  });

  it('looks at policies for its own pods only', () => {
    expect(findingsOf(jaegerAdminPorts, documents(query, policy(everywhere, 'shop')))).toEqual([]);
  });
});
