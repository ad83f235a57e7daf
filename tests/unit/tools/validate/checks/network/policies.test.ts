import { expect, test } from 'vitest';
import { parseStackArguments } from '../../../../../../infra/schema/parseStackConfig.ts';
import { judgePolicy, neededPolicies } from '../../../../../../tools/validate/checks/network/policiesDeclared.ts';
import { judgeEnforcement } from '../../../../../../tools/validate/checks/network/policiesEnforced.ts';
import type { DeclaredObject } from '../../../../../../tools/validate/declaredObject.ts';

const namesOf = (config: Parameters<typeof parseStackArguments>[0]): string[] =>
  neededPolicies(parseStackArguments(config, 'dev')).map(({ namespace, name }) => `${namespace}/${name}`);

const always = ['jaeger-collector', 'jaeger-query', 'jaeger-index-cleaner', 'elasticsearch', 'network-policy-check'];

test('a stack needs a policy for each component that it has, and one that refuses everything', () => {
  expect(namesOf({ environment: 'dev' }).sort()).toEqual(
    ['default-deny', 'jaeger-agent', ...always].map((name) => `tracing/${name}`).sort(),
  );
});

test('an agent with a namespace of its own has its policies there, and a cluster that enforces none is not tried', () => {
  const config = { environment: 'dev', agent: { hostPorts: true }, network: { unenforced: true } } as const;
  expect(namesOf(config).sort()).toEqual(
    [
      'tracing-agent/default-deny',
      'tracing-agent/jaeger-agent',
      ...['default-deny', ...always.slice(0, -1)].map((name) => `tracing/${name}`),
    ].sort(),
  );
});

const spec = {
  podSelector: {},
  policyTypes: ['Ingress'],
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: [{ port: 1, protocol: 'TCP' }] }],
};
const policy: DeclaredObject = {
  urn: 'urn:pulumi:dev::tracewright::kubernetes:networking.k8s.io/v1:NetworkPolicy::x',
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  namespace: 'tracing',
  name: 'jaeger-query',
  manifest: { spec },
};
const live = (change: object) => {
  const [rule] = spec.ingress;
  // As the client reads it.
  const ingress = [{ _from: rule?.from, ports: rule?.ports }];
  return { kind: 'NetworkPolicy', spec: { ...spec, ingress, ...change } };
};

test('a policy as it was declared is well', () => {
  expect(judgePolicy(policy, live({}))).toMatchObject([
    { outcome: 'ok', subject: 'NetworkPolicy tracing/jaeger-query', found: 'as declared' },
  ]);
});

test('a policy that lets more through is named with what has changed', () => {
  expect(judgePolicy(policy, live({ ingress: [{}] }))).toMatchObject([{ outcome: 'failed' }, { outcome: 'failed' }]);
  const [other] = judgePolicy(policy, live({ podSelector: { matchLabels: { app: 'none' } } }));
  expect([other?.outcome, other?.found]).toEqual(['failed', expect.stringContaining('spec.podSelector')]);
});

test.each([
  ['jaeger-query', 'missing: all that it lets through is refused'],
  ['default-deny', 'missing: whatever no other policy selects is open to all, both ways'],
])('the policy %s that is missing is told with what that means', (name, found) => {
  expect(judgePolicy({ ...policy, name }, undefined)).toMatchObject([{ outcome: 'failed', found }]);
});

test.each([
  ['Complete', undefined, 'ok', 'tried when the stack was deployed, and enforced'],
  ['Failed', 'network policies are not enforced', 'failed', 'it has failed: network policies are not enforced'],
  ['Failed', undefined, 'failed', 'it has failed'],
  ['Suspended', undefined, 'unchecked', 'it has not ended yet'],
  [undefined, undefined, 'unchecked', 'the Job is not there: nobody knows what it has found'],
])('a Job that is %s, and says %s, is %s', (type, said, outcome, found) => {
  const status = type === undefined ? undefined : { conditions: [{ type, status: 'True' }] };
  expect(judgeEnforcement('Job tracing/network-policy-check', status, said)).toMatchObject({ outcome, found });
});

test('a condition of the Job that does not hold says nothing', () => {
  const conditions = ['Complete', 'Failed'].map((type) => ({ type, status: 'False' }));
  expect(judgeEnforcement('Job tracing/network-policy-check', { conditions }, undefined)).toMatchObject({
    outcome: 'unchecked',
    found: 'it has not ended yet',
  });
});
