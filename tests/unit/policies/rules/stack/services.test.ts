import { describe, expect, it } from 'vitest';
import { documents } from '../../../../../policies/rules/exampleYaml.ts';
import { duplicatePortNames } from '../../../../../policies/rules/stack/duplicatePortNames.ts';
import { serviceDeclaredPort } from '../../../../../policies/rules/stack/serviceDeclaredPort.ts';
import { serviceSelector } from '../../../../../policies/rules/stack/serviceSelector.ts';
import { serviceTargetPort } from '../../../../../policies/rules/stack/serviceTargetPort.ts';
import { serviceExample, workloadExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { statefulSetService } from '../../../../../policies/rules/stack/statefulSetService.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const selector = 'selector: { app: shop }';
const withPorts = (...ports: readonly string[]) => serviceExample(selector, `ports: [${ports.join(', ')}]`);
const deployment = workloadExample({
  container: [
    'ports: [{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }, { containerPort: 9 }]',
  ],
});

describe('service-selector', () => {
  it.each([
    ['none', serviceExample('ports: [{ port: 80 }]')],
    ['an empty one', serviceExample('selector: {}', 'ports: [{ port: 80 }]')],
    ['one of an ExternalName, which means nothing', serviceExample(selector, 'type: ExternalName')],
  ])('says nothing of a Service with %s', (_what, service) => {
    expect(findingsOf(serviceSelector, service)).toEqual([]);
  });

  it('looks in its own namespace', () => {
    const elsewhere = withPorts('{ port: 80 }').replace('namespace: shop', 'namespace: other');
    expect(problemsOf(serviceSelector, documents(deployment, elsewhere))).toEqual([
      'Service/other/shop: spec.selector selects no pods of the set: it must match labels of pods in its namespace. Fix: selector: labels of the pod template that it is meant for',
    ]);
  });

  it('takes pods of any kind, without a written namespace too', () => {
    const [pod, service] = [
      'apiVersion: v1\nkind: Pod\nmetadata: { name: shop, labels: { app: shop } }\nspec: {}\n',
      withPorts('{ port: 80 }').replace(', namespace: shop', ''),
    ];
    expect(findingsOf(serviceSelector, documents(pod, service))).toEqual([]);
  });
});

describe('service-target-port', () => {
  it.each(['{ port: 80, targetPort: http }', '{ port: 80, targetPort: dns, protocol: UDP }', '{ port: 80 }'])(
    'finds the port of %s',
    (port) => {
      expect(findingsOf(serviceTargetPort, documents(deployment, withPorts(port)))).toEqual([]);
    },
  );

  it.each([
    [
      '{ port: 80, targetPort: web }',
      'is "web" (TCP), which no selected pod has: it must be a name of their ports (http)',
      'targetPort: "http"',
    ],
    [
      '{ port: 80, targetPort: dns }',
      'is "dns" (TCP), which no selected pod has: it must be a name of their ports (http)',
      'targetPort: "http"',
    ],
    [
      '{ port: 80, targetPort: a, protocol: SCTP }',
      'is "a" (SCTP), which no selected pod has: it must be a name of their ports',
      'name the port of the container',
    ],
  ])('does not find that of %s', (port, problem, fix) => {
    expect(problemsOf(serviceTargetPort, documents(deployment, withPorts(port)))).toEqual([
      `Service/shop/shop: spec.ports[0].targetPort ${problem}. Fix: ${fix}`,
    ]);
  });

  it('is content with one of several workloads that has the port', () => {
    const other = workloadExample({ name: 'other' });
    expect(
      findingsOf(serviceTargetPort, documents(other, deployment, withPorts('{ port: 80, targetPort: http }'))),
    ).toEqual([]);
  });

  it('leaves a Service that selects nothing to another rule', () => {
    expect(findingsOf(serviceTargetPort, withPorts('{ port: 80, targetPort: http }'))).toEqual([]);
  });
});

describe('service-declared-port', () => {
  it.each([
    ['{ port: 8080 }', []],
    ['{ port: 80, targetPort: 9 }', []],
    ['{ port: 80, targetPort: missing }', []],
    ['{ port: 80 }', ['spec.ports[0].port']],
    ['{ port: 80, targetPort: 53 }', ['spec.ports[0].targetPort']],
  ])('of %s finds wrong: %j', (port, paths) => {
    expect(findingsOf(serviceDeclaredPort, documents(deployment, withPorts(port))).map(({ path }) => path)).toEqual(
      paths,
    );
  });

  it('says nothing where no pods are selected', () => {
    expect(findingsOf(serviceDeclaredPort, withPorts('{ port: 80 }'))).toEqual([]);
  });
});

describe('duplicate-port-names', () => {
  it('finds a name that a Service has twice', () => {
    expect(
      problemsOf(duplicatePortNames, withPorts('{ name: a, port: 1 }', '{ name: b, port: 2 }', '{ name: a, port: 3 }')),
    ).toEqual([
      'Service/shop/shop: spec.ports[2].name is "a", as that of another port of the Service is: it must be there once. Fix: a name of its own',
    ]);
  });

  it('finds a name that two containers have', () => {
    const pod = ['initContainers: [{ name: proxy, restartPolicy: Always, ports: [{ name: http, containerPort: 1 }] }]'];
    const both = workloadExample({ pod, container: ['ports: [{ name: http, containerPort: 8080 }]'] });
    expect(problemsOf(duplicatePortNames, documents(both, withPorts('{ port: 80, targetPort: http }')))).toEqual([
      'Service/shop/shop: spec.ports[0].targetPort is "http", which is a port of several containers of Deployment/shop/shop (proxy, shop): it must be one\'s. Fix: a name of its own for each port of the pod',
    ]);
    expect(findingsOf(duplicatePortNames, documents(both, withPorts('{ port: 80, targetPort: 8080 }')))).toEqual([]);
  });

  it('takes ports without names', () => {
    expect(findingsOf(duplicatePortNames, withPorts('{ port: 1 }', '{ port: 2 }'))).toEqual([]);
  });
});

describe('stateful-set-service', () => {
  const set = workloadExample({ kind: 'StatefulSet', spec: ['serviceName: shop'] });
  const should = 'it should name a headless Service that selects the pods';

  it.each([
    ['is missing', workloadExample({ kind: 'StatefulSet' })],
    ['is "shop", and the set has no Service of that name in the namespace', set],
    ['is "shop", which is not headless', documents(set, serviceExample(selector, 'ports: [{ port: 80 }]'))],
    [
      'is "shop", which does not select the pods',
      documents(set, serviceExample('clusterIP: None', 'selector: { app: blog }')),
    ],
    ['is "shop", which does not select the pods', documents(set, serviceExample('clusterIP: None'))],
  ])('says that it %s', (state, yaml) => {
    expect(problemsOf(statefulSetService, yaml)).toEqual([
      `StatefulSet/shop/shop: spec.serviceName ${state}: ${should}. Fix: a Service of that name with clusterIP: "None" and the selector of the StatefulSet`,
    ]);
  });
});
