import { describe, expect, it } from 'vitest';
import { networkPolicyOpenPeers } from '../../../../../policies/rules/network/networkPolicyOpenPeers.ts';
import { networkPolicyTypes } from '../../../../../policies/rules/network/networkPolicyTypes.ts';
import { declared, saidOf } from '../../support/declared.ts';

const policy = (spec: Readonly<Record<string, unknown>>, apiVersion = 'networking.k8s.io/v1') =>
  declared(apiVersion, 'NetworkPolicy', { spec: { podSelector: {}, ...spec } });
const pods = { podSelector: { matchLabels: { app: 'shop' } } };
const block = (cidr: string, except?: readonly string[]) => ({ ipBlock: { cidr, except } });

it.each([networkPolicyOpenPeers, networkPolicyTypes])('$name says nothing of a policy of another group', (rule) => {
  const spec = { policyTypes: ['Ingress'], ingress: [{}], egress: [{}] };
  expect(saidOf(rule, policy(spec, 'crd.projectcalico.org/v1'))).toEqual([]);
});

describe('network-policy-open-peers', () => {
  it.each([
    ['a policy that refuses everything', { policyTypes: ['Ingress', 'Egress'] }],
    ['empty lists of rules', { policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] }],
    ['pods', { ingress: [{ from: [pods] }], egress: [{ to: [pods] }] }],
    ['all pods of the cluster', { ingress: [{ from: [{ namespaceSelector: {} }] }] }],
    ['a block of addresses', { ingress: [{ from: [block('10.0.0.0/8')] }], egress: [{ to: [block('10.0.0.1/32')] }] }],
    ['the internet out, without own networks', { egress: [{ to: [block('0.0.0.0/0', ['10.0.0.0/8'])] }] }],
    ['rules of a direction that is not named', { policyTypes: ['Egress'], ingress: [{}] }],
  ])('takes %s', (_what, spec) => {
    expect(saidOf(networkPolicyOpenPeers, policy(spec))).toEqual([]);
  });

  const inward = 'which lets everybody in: it must';
  const outward = 'which lets traffic out to everybody: it must';
  it.each([
    [{ ingress: [{ from: [pods] }, {}] }, `spec.ingress[1].from is missing or empty, ${inward} name peers`],
    [
      { ingress: [{ from: [], ports: [{ port: 80 }] }] },
      `spec.ingress[0].from is missing or empty, ${inward} name peers`,
    ],
    [{ egress: [{ ports: [{ port: 53 }] }] }, `spec.egress[0].to is missing or empty, ${outward} name peers`],
    [
      { ingress: [{ from: [pods, block('0.0.0.0/0', ['10.0.0.1/32'])] }] },
      `spec.ingress[0].from[1].ipBlock.cidr is "0.0.0.0/0", ${inward} be a smaller block of addresses`,
    ],
    [
      { egress: [{ to: [block('::/0', [])] }] },
      `spec.egress[0].to[0].ipBlock.cidr is "::/0", ${outward} be a smaller block of addresses`,
    ],
  ])('refuses %j', (spec, sentence) => {
    expect(saidOf(networkPolicyOpenPeers, policy(spec))).toEqual([sentence]);
  });
});

describe('network-policy-types', () => {
  it.each([
    {},
    { ingress: [{}], egress: [{}] },
    { policyTypes: [], egress: [{}] },
    { policyTypes: ['Ingress', 'Egress'], egress: [] },
    { policyTypes: ['Ingress'], egress: [] },
    { policyTypes: ['Egress'], ingress: [] },
    { policyTypes: ['Egress'] },
    { egress: null },
  ])('takes %j', (spec) => {
    expect(saidOf(networkPolicyTypes, policy(spec))).toEqual([]);
  });

  it.each([
    [{ policyTypes: ['Ingress'], egress: [{}] }, 'Egress'],
    [{ policyTypes: ['Egress'], ingress: [{}] }, 'Ingress'],
    [{ egress: [] }, 'Egress'],
    [{ policyTypes: [], egress: [] }, 'Egress'],
  ])('refuses %j', (spec, direction) => {
    expect(saidOf(networkPolicyTypes, policy(spec))).toEqual([
      `spec.policyTypes does not name ${direction}, so that spec.${direction.toLowerCase()} does nothing: it must name it`,
    ]);
  });
});
