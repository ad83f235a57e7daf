import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { networkPolicyPeers } from '../../../../../policies/rules/stack/networkPolicyPeers.ts';
import { networkPolicyPorts } from '../../../../../policies/rules/stack/networkPolicyPorts.ts';
import { networkPolicyTarget } from '../../../../../policies/rules/stack/networkPolicyTarget.ts';
import { podEgressPolicy } from '../../../../../policies/rules/stack/podEgressPolicy.ts';
import { podIngressPolicy } from '../../../../../policies/rules/stack/podIngressPolicy.ts';
import { policyExample, workloadExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const target = 'podSelector: { matchLabels: { app: shop } }';
const pod = manifest('v1', 'Pod', 'shop', 'spec: {}').replace('name: shop,', 'name: shop, labels: { app: shop },');
const job = manifest(
  'batch/v1',
  'Job',
  'shop',
  'spec: { template: { metadata: { labels: { app: shop } }, spec: {} } }',
);
const cronJob = manifest(
  'batch/v1',
  'CronJob',
  'shop',
  'spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: shop } }, spec: {} } } } }',
);

describe('pod-ingress-policy and pod-egress-policy', () => {
  it.each([
    ['policyTypes: [Ingress]', [], ['shop']],
    ['policyTypes: [Egress]', ['shop'], []],
    ['policyTypes: [Ingress, Egress]', [], []],
    ['ingress: []', [], ['shop']],
    ['egress: [{}]', [], []],
    ['egress: []', [], ['shop']],
  ])('with %s, no ingress policy is at %j, and no egress policy at %j', (line, ingress, egress) => {
    const yaml = documents(workloadExample(), policyExample(target, line));
    const without = (rule: typeof podIngressPolicy) => findingsOf(rule, yaml).map(({ object }) => object?.name);
    expect([without(podIngressPolicy), without(podEgressPolicy)]).toEqual([ingress, egress]);
  });

  it.each([
    ['Deployment', workloadExample()],
    ['StatefulSet', workloadExample({ kind: 'StatefulSet' })],
    ['DaemonSet', workloadExample({ kind: 'DaemonSet' })],
    ['Pod', pod],
    ['Job', job],
    ['CronJob', cronJob],
  ])('ask every %s', (kind, yaml) => {
    expect(problemsOf(podIngressPolicy, yaml)).toEqual([
      `${kind}/shop/shop: it makes pods that no NetworkPolicy of the type Ingress selects: one of their namespace must. Fix: a NetworkPolicy with podSelector: their labels, policyTypes: ["Ingress"] and what may pass`,
    ]);
    expect(findingsOf(podIngressPolicy, documents(yaml, policyExample(target)))).toEqual([]);
    expect(findingsOf(podIngressPolicy, documents(yaml, policyExample('podSelector: {}')))).toEqual([]);
  });

  it('take no policy of another namespace', () => {
    const elsewhere = policyExample('podSelector: {}').replace('namespace: shop', 'namespace: other');
    expect(findingsOf(podIngressPolicy, documents(workloadExample(), elsewhere))).toHaveLength(1);
  });
});

describe('network-policy-target', () => {
  it('takes a policy for all pods of a namespace that has some', () => {
    expect(findingsOf(networkPolicyTarget, documents(workloadExample(), policyExample('podSelector: {}')))).toEqual([]);
    expect(problemsOf(networkPolicyTarget, policyExample('podSelector: {}'))).toEqual([
      'NetworkPolicy/shop/shop: spec.podSelector selects no pods of the set: it should match labels of pods in its namespace. Fix: podSelector: { matchLabels: labels of the pod template that it is meant for }',
    ]);
  });
});

describe('network-policy-peers', () => {
  const named = (name: string) => `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`;
  const pathsOf = (...lines: readonly string[]) =>
    findingsOf(networkPolicyPeers, documents(workloadExample(), policyExample(target, ...lines))).map(
      ({ path }) => path,
    );

  it.each([
    [`ingress: [{ from: [{ podSelector: {} }] }]`],
    [`ingress: [{ from: [{ ${named('shop')} }] }]`],
    [`ingress: [{ from: [{ ${named('monitoring')}, podSelector: { matchLabels: { app: none } } }] }]`],
    [`ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: none } } }] }]`],
    ['egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]'],
    ['ingress: [{}]'],
  ])('has nothing to say of %s', (line) => {
    expect(pathsOf(line)).toEqual([]);
  });

  it.each([
    [
      `ingress: [{ from: [{ podSelector: {} }, { ${named('shop')}, podSelector: { matchLabels: { app: none } } }] }]`,
      'spec.ingress[0].from[1]',
    ],
    ['egress: [{ to: [{ podSelector: { matchLabels: { app: none } } }] }]', 'spec.egress[0].to[0]'],
  ])('finds nobody by %s', (line, path) => {
    expect(pathsOf(line)).toEqual([path]);
  });
});

describe('network-policy-ports', () => {
  const shop = workloadExample({ container: ['ports: [{ name: http, containerPort: 8080 }]'] });
  const problemsWith = (...lines: readonly string[]) =>
    problemsOf(networkPolicyPorts, documents(shop, policyExample(target, ...lines)));

  it.each([
    ['ingress: [{ ports: [{ port: http }, { port: 9 }, {}] }]'],
    ['egress: [{ ports: [{ port: dns }] }]'],
    ['egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: dns }] }]'],
    ['egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: dns }] }]'],
    ['egress: [{ to: [{ podSelector: {} }], ports: [{ port: http }] }]'],
    ['egress: [{ to: [{ podSelector: { matchLabels: { app: none } } }], ports: [{ port: dns }] }]'],
  ])('has nothing to say of %s', (line) => {
    expect(problemsWith(line)).toEqual([]);
  });

  it.each([
    ['ingress: [{ ports: [{ port: web }] }]', 'spec.ingress[0].ports[0].port is "web" (TCP)'],
    ['egress: [{ to: [{ podSelector: {} }], ports: [{ port: web }] }]', 'spec.egress[0].ports[0].port is "web" (TCP)'],
  ])('finds no port for %s', (line, state) => {
    expect(problemsWith(line)).toEqual([
      `NetworkPolicy/shop/shop: ${state}, which none of the pods has: it must be a number, or a name of their ports (http). Fix: port: "http"`,
    ]);
  });

  it('leaves alone what is for pods of other namespaces too, unless they are named', () => {
    const ofTeam = manifest('v1', 'Namespace', 'shop', '').replace('namespace: shop', 'labels: { team: a }');
    const to = (labels: string) =>
      `egress: [{ to: [{ namespaceSelector: { matchLabels: { ${labels} } } }], ports: [{ port: dns }] }]`;
    const found = (labels: string) =>
      problemsOf(networkPolicyPorts, documents(ofTeam, shop, policyExample(target, to(labels))));
    expect(found('team: a')).toEqual([]);
    expect(found('kubernetes.io/metadata.name: shop')).toHaveLength(1);
  });

  it('compares protocols', () => {
    expect(problemsWith('ingress: [{ ports: [{ port: http, protocol: UDP }] }]')).toEqual([
      'NetworkPolicy/shop/shop: spec.ingress[0].ports[0].port is "http" (UDP), which none of the pods has: it must be a number, or a name of their ports. Fix: port: the container port\'s number',
    ]);
  });
});
