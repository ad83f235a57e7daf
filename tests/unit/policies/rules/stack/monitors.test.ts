import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { monitorPorts } from '../../../../../policies/rules/stack/monitorPorts.ts';
import { monitorServices } from '../../../../../policies/rules/stack/monitorServices.ts';
import { serviceExample, workloadExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const monitor = (kind: string, spec: string, namespace = 'shop') =>
  manifest('monitoring.coreos.com/v1', kind, 'shop', `spec: { ${spec} }`).replace(
    'namespace: shop',
    `namespace: ${namespace}`,
  );
const service = serviceExample('selector: { app: shop }', 'ports: [{ name: http, port: 80, targetPort: web }]').replace(
  'name: shop,',
  'name: shop, labels: { team: a },',
);
const pods = workloadExample({ container: ['ports: [{ name: web, containerPort: 8080 }]'] });
const set = documents(service, pods);

describe('monitor-services', () => {
  it.each([
    ['ServiceMonitor', 'selector: { matchLabels: { team: a } }', 'shop'],
    ['ServiceMonitor', 'selector: {}', 'shop'],
    ['ServiceMonitor', 'selector: { matchLabels: { team: a } }, namespaceSelector: { any: true }', 'monitoring'],
    [
      'ServiceMonitor',
      'selector: { matchLabels: { team: a } }, namespaceSelector: { matchNames: [x, shop] }',
      'monitoring',
    ],
    ['PodMonitor', 'selector: { matchLabels: { app: shop } }', 'shop'],
    ['PodMonitor', 'selector: { matchLabels: { app: shop } }, namespaceSelector: { any: true }', 'monitoring'],
  ])('finds what a %s with %s in namespace %s selects', (kind, spec, namespace) => {
    expect(findingsOf(monitorServices, documents(set, monitor(kind, spec, namespace)))).toEqual([]);
  });

  it.each([
    ['ServiceMonitor', 'selector: { matchLabels: { app: shop } }', 'shop'],
    ['ServiceMonitor', 'selector: { matchLabels: { team: a } }', 'monitoring'],
    ['PodMonitor', 'selector: { matchLabels: { team: a } }', 'shop'],
    ['PodMonitor', 'selector: { matchExpressions: [{ key: a, operator: Is }] }', 'shop'],
  ])('finds nothing for a %s with %s in namespace %s', (kind, spec, namespace) => {
    expect(findingsOf(monitorServices, documents(set, monitor(kind, spec, namespace)))).toHaveLength(1);
  });

  it('says that the labels of the Service itself count', () => {
    expect(
      problemsOf(
        monitorServices,
        documents(set, monitor('ServiceMonitor', 'selector: { matchLabels: { app: shop } }')),
      ),
    ).toEqual([
      'ServiceMonitor/shop/shop: spec.selector selects no Service of the set: it should match the labels of one in the namespaces that it looks at. Fix: selector: { matchLabels: labels of the Service }, or namespaceSelector: { matchNames: their namespaces }',
    ]);
  });
});

describe('monitor-ports', () => {
  const of = (kind: string, endpoints: string) =>
    problemsOf(monitorPorts, documents(set, monitor(kind, `selector: {}, ${endpoints}`)));

  it.each([
    ['ServiceMonitor', 'endpoints: [{ port: http }, { targetPort: 9999 }]'],
    ['PodMonitor', 'podMetricsEndpoints: [{ port: web }, { portNumber: 8080 }, {}]'],
  ])('finds the ports of a %s with %s', (kind, endpoints) => {
    expect(of(kind, endpoints)).toEqual([]);
  });

  it('goes by the ports of the Service, not by those of its pods', () => {
    expect(of('ServiceMonitor', 'endpoints: [{ port: web }]')).toEqual([
      'ServiceMonitor/shop/shop: spec.endpoints[0].port is "web", which nothing that it selects has: it must be the name of one of their ports (http). Fix: port: "http"',
    ]);
  });

  it('looks for numbers of pods', () => {
    expect(of('PodMonitor', 'podMetricsEndpoints: [{ portNumber: 1 }]')).toEqual([
      'PodMonitor/shop/shop: spec.podMetricsEndpoints[0].portNumber is 1, which no selected pod declares: it must be one of their containerPorts. Fix: portNumber: a containerPort of the pods',
    ]);
  });

  it('leaves a monitor that selects nothing to another rule', () => {
    expect(findingsOf(monitorPorts, monitor('PodMonitor', 'selector: {}, podMetricsEndpoints: [{ port: a }]'))).toEqual(
      [],
    );
  });
});
