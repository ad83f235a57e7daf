import { expect, test } from 'vitest';
import type { NetworkFlow } from '../../../../../../infra/jaeger/networkFlows.ts';
import type { PolicyPeer } from '../../../../../../infra/kubernetes/networkPolicy.ts';
import { triedFlows, untriedComponents } from '../../../../../../tools/validate/checks/network/flowsTried.ts';
import { expectedOf, type FlowSource } from '../../../../../../tools/validate/checks/network/flows/expectedFlow.ts';
import { findTargets } from '../../../../../../tools/validate/checks/network/flows/findTargets.ts';
import {
  isSettled,
  judgeFlow,
  type TriedFlow,
} from '../../../../../../tools/validate/checks/network/flows/judgeFlow.ts';
import { parseRounds } from '../../../../../../tools/validate/checks/network/flows/tryScript.ts';

const outside: FlowSource = { name: 'stranger', namespace: 'apps', namespaceLabels: {}, labels: {}, inside: false };
const stray: FlowSource = { ...outside, name: 'stray', namespace: 'tracing', inside: true };
const check: FlowSource = { ...stray, name: 'policy check', component: 'network-policy-check' };
const collector = { component: 'jaeger-collector', port: 14_250 } as const;
const tcp = [{ number: 14_250, protocol: 'TCP' }] as const;
const flow = (from: NetworkFlow['from'], ports: NetworkFlow['ports'] = tcp): NetworkFlow => ({
  from,
  to: 'jaeger-collector',
  ports,
  reason: 'Spans.',
});
const labelled: PolicyPeer = { kind: 'labelledNamespaces', label: 'to', value: 'tracing' };
const named: PolicyPeer = { kind: 'namespaces', names: ['apps'], labels: { app: 'prometheus' } };

test.each<[string, readonly NetworkFlow[], FlowSource, string]>([
  ['nobody is named', [], outside, 'refused'],
  ['its namespace has the label', [flow([labelled])], { ...outside, namespaceLabels: { to: 'tracing' } }, 'open'],
  [
    'its namespace has the label of another',
    [flow([labelled])],
    { ...outside, namespaceLabels: { to: 'x' } },
    'refused',
  ],
  ['its namespace and its labels are named', [flow([named])], { ...outside, labels: { app: 'prometheus' } }, 'open'],
  ['its namespace is named, and its labels are not', [flow([named])], outside, 'refused'],
  ['its labels are named, and not its namespace', [flow([named])], { ...outside, namespace: 'x' }, 'refused'],
  ['another port is open', [flow([labelled], [{ number: 4317, protocol: 'TCP' }])], outside, 'refused'],
  [
    'only UDP is open',
    [flow([labelled], [{ number: 14_250, protocol: 'UDP' }])],
    { ...outside, namespaceLabels: { to: 'tracing' } },
    'refused',
  ],
  ['its address is in a block', [flow([{ kind: 'addresses', cidrs: ['10.0.0.0/8'] }])], outside, 'unsure'],
  ['its address is in no block', [flow([{ kind: 'addresses', cidrs: ['10.9.0.0/16', '::/0'] }])], outside, 'refused'],
  ['its component is named', [flow('network-policy-check')], check, 'open'],
  ['another component is named', [flow('jaeger-agent')], check, 'refused'],
  [
    'it has no component, and nothing lets it out',
    [flow([{ kind: 'namespaces', names: ['tracing'] }])],
    stray,
    'refused',
  ],
  ['it has the labels, and is elsewhere', [flow('network-policy-check')], { ...check, inside: false }, 'refused'],
])('where %s, a flow is judged so', (_, flows, source, expected) => {
  expect(expectedOf(flows, source, '10.1.2.3', collector)).toBe(expected);
});

test('a component that flows lead to and that has no ready pod is told as not tried', () => {
  const target = { ...collector, namespace: 'tracing', pod: 'x', address: '10.1.2.3:14250' };
  const flows = [flow('jaeger-agent'), { ...flow('jaeger-query'), to: 'elasticsearch' } as const];
  expect(untriedComponents(flows, [target])).toMatchObject([{ outcome: 'unchecked', subject: 'elasticsearch' }]);
  expect(untriedComponents([...flows, { ...flow('jaeger-agent'), to: [labelled] }], [])).toHaveLength(2);
});

const open = { name: 'stranger → Kubernetes API', rounds: [true, true] };
const refused: TriedFlow = {
  subject: 'stranger → collector:14250',
  allowed: false,
  rounds: ['refused', 'refused'],
  listening: true,
  control: open,
  unenforced: false,
};

test.each<[string, Partial<TriedFlow>, string, string]>([
  ['is refused, and another way is open', {}, 'ok', 'refused, while stranger → Kubernetes API is open'],
  ['still passes at last', { rounds: ['refused', 'open'] }, 'failed', 'open, as stranger → Kubernetes API is'],
  [
    'passes before policies know of the pod',
    { rounds: ['open', 'refused'] },
    'ok',
    'refused, while stranger → Kubernetes API is open',
  ],
  [
    'is refused as all is',
    { control: { ...open, rounds: [true, false] } },
    'unchecked',
    'refused, but stranger → Kubernetes API is refused too: that proves nothing',
  ],
  ['leads to nobody', { listening: false }, 'unchecked', 'refused, but nothing listens there: that proves nothing'],
  [
    'has no way beside it',
    { control: undefined },
    'unchecked',
    'refused, but so may be everything: no way that the stack allows begins there',
  ],
  [
    'passes where that is accepted',
    { rounds: ['open'], unenforced: true },
    'warning',
    'open: the configuration accepts that policies are not enforced (network.unenforced: true)',
  ],
  ['was never tried', { rounds: [] }, 'unchecked', 'it could not be tried'],
  ['was tried without curl', { rounds: ['broken'] }, 'unchecked', 'it could not be tried'],
  ['is allowed, and passes once', { allowed: true, rounds: ['open', 'refused'] }, 'ok', 'open'],
  ['is allowed, and refused', { allowed: true }, 'failed', 'refused, each of 2 times'],
  ['is allowed, and leads to nobody', { allowed: true, listening: false }, 'failed', 'refused: nothing listens there'],
])('a flow that %s is told so', (_, change, outcome, found) => {
  expect(judgeFlow({ ...refused, ...change })).toMatchObject({ outcome, found, subject: refused.subject });
});

test.each<[string, Partial<TriedFlow>, boolean]>([
  ['a refusal beside an open way', {}, true],
  ['a refusal beside a refusal', { control: { ...open, rounds: [false] } }, false],
  ['a way that should be refused and passes', { rounds: ['open'] }, false],
  ['a way that is allowed and was open once', { allowed: true, rounds: ['open', 'refused'] }, true],
  ['a way that is allowed and never was open', { allowed: true }, false],
  ['nothing tried', { rounds: [] }, false],
])('%s needs more rounds, or none', (_, change, settled) => {
  expect(isSettled({ ...refused, ...change })).toBe(settled);
});

test('of a log, only rounds that are whole count', () => {
  const log =
    '0 10.1.1.1:9200 refused\n0 10.1.1.1:9300 open\n0 done\n1 10.1.1.1:9200 what\n1 done\n2 10.1.1.1:9200 open\n';
  expect(parseRounds(log).map((round) => [...round])).toEqual([
    [
      ['10.1.1.1:9200', 'refused'],
      ['10.1.1.1:9300', 'open'],
    ],
    [['10.1.1.1:9200', 'broken']],
  ]);
  expect(parseRounds('')).toEqual([]);
});

const pod = (name: string, ready: 'True' | 'False', component = 'elasticsearch') => ({
  metadata: {
    name,
    namespace: 'tracing',
    labels: { 'app.kubernetes.io/name': component, 'app.kubernetes.io/part-of': 'tracewright' },
  },
  spec: { containers: [{ name: 'main', ports: [{ containerPort: 9200 }, { containerPort: 9, protocol: 'UDP' }] }] },
  status: { podIP: 'fd00::1', conditions: [{ type: 'Ready', status: ready }] },
});

test('targets are the TCP ports of a ready pod of each component, with those that it does not say', () => {
  const target = { component: 'elasticsearch', namespace: 'tracing', pod: 'es-1' };
  const pods = [pod('es-0', 'False'), pod('es-1', 'True'), pod('es-2', 'True'), pod('other', 'True', 'grafana')];
  expect(findTargets(pods)).toEqual([
    { ...target, port: 9200, address: '[fd00::1]:9200' },
    { ...target, port: 9300, address: '[fd00::1]:9300' },
  ]);
});

test('from within, the check of policies shows that another way is open; the Kubernetes API is refused to all there', () => {
  const target = { ...collector, namespace: 'tracing', pod: 'c-0', address: '10.1.1.1:14250' };
  const flows = [flow('network-policy-check')];
  const round = (way: 'open' | 'refused', api: 'open' | 'refused') =>
    new Map([
      [target.address, way],
      ['10.0.0.1:443', api],
    ]);
  const tried = [
    { pod: { source: outside, address: '10.1.2.3' }, rounds: [round('refused', 'open')] },
    { pod: { source: stray, address: '10.1.2.4' }, rounds: [round('refused', 'refused')] },
    { pod: { source: check, address: '10.1.2.5' }, rounds: [round('open', 'refused')] },
  ];
  const found = triedFlows({
    tried,
    targets: [target],
    flows,
    api: '10.0.0.1:443',
    listening: new Set(),
    unenforced: false,
  });
  const within = { name: 'policy check → collector:14250', rounds: [true] };
  const base = { listening: true, unenforced: false };
  expect(found).toEqual([
    {
      ...base,
      subject: 'stranger → collector:14250',
      allowed: false,
      rounds: ['refused'],
      control: { name: 'stranger → Kubernetes API', rounds: [true] },
    },
    { ...base, subject: 'stray → collector:14250', allowed: false, rounds: ['refused'], control: within },
    { ...base, subject: 'stray → Kubernetes API', allowed: false, rounds: ['refused'], control: within },
    { ...base, subject: 'policy check → collector:14250', allowed: true, rounds: ['open'], control: within },
    { ...base, subject: 'policy check → Kubernetes API', allowed: false, rounds: ['refused'], control: within },
  ]);
});
