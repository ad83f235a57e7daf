import { expect, test } from 'vitest';
import { acceptsUnenforced, missingPolicies, type FoundPolicies } from '../../../../tools/kube/missingPolicies.ts';
import { describePlaced } from '../../../../tools/kube/workload.ts';

const whole: FoundPolicies = {
  namespace: 'tracing',
  policies: [
    'default-deny',
    'jaeger-agent',
    'jaeger-collector',
    'jaeger-index-cleaner',
    'jaeger-query',
    'network-policy-check',
  ],
  agentPolicies: undefined,
  checked: true,
};

function without(name: string): FoundPolicies {
  return { ...whole, policies: whole.policies.filter((policy) => policy !== name) };
}

test('a deployment with its policies lacks none', () => {
  expect(missingPolicies(whole, [])).toEqual([]);
});

test('without the policy that refuses everything, the rest is open', () => {
  expect(missingPolicies(without('default-deny'), []).map(describePlaced)).toEqual([
    'namespace tracing: NetworkPolicy default-deny is not there: what no policy names is open to all; `npm run up` makes it',
  ]);
});

test.each(['jaeger-agent', 'jaeger-collector', 'jaeger-query'])('without %s, its way is closed', (name) => {
  expect(missingPolicies(without(name), []).map(describePlaced)).toEqual([
    `namespace tracing: NetworkPolicy ${name} is not there: what it lets through is refused; \`npm run up\` makes it`,
  ]);
});

test.each(['elasticsearch', 'oauth2-proxy'])('%s has a policy where there is one', (name) => {
  expect(missingPolicies(whole, [{ namespace: 'other', name }])).toEqual([]);
  const [lost] = missingPolicies(whole, [{ namespace: 'tracing', name }]);
  expect(lost).toMatchObject({ namespace: 'tracing', kind: 'NetworkPolicy', name });
});

test('an agent in a namespace of its own has its policies there', () => {
  const apart = { ...without('jaeger-agent'), agentPolicies: ['default-deny', 'jaeger-agent'] };
  expect(missingPolicies(apart, [])).toEqual([]);
  const lost = missingPolicies({ ...apart, agentPolicies: [] }, []);
  expect(lost.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
    'tracing-agent/default-deny',
    'tracing-agent/jaeger-agent',
  ]);
});

test('a stack accepts a cluster that enforces nothing when it has neither the Job that tries it nor its policy', () => {
  const untried = { ...without('network-policy-check'), checked: false };
  expect(acceptsUnenforced(untried)).toBe(true);
  expect(acceptsUnenforced(whole)).toBe(false);
  expect(acceptsUnenforced({ ...whole, checked: false })).toBe(false);
  expect(acceptsUnenforced(without('network-policy-check'))).toBe(false);
  expect(acceptsUnenforced({ ...untried, policies: [] })).toBe(false);
});
