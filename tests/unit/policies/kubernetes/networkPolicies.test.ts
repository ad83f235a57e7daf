import { describe, expect, it } from 'vitest';
import {
  letsThrough,
  policyRules,
  policySelector,
  policyTypes,
} from '../../../../policies/kubernetes/networkPolicies.ts';

describe('policyTypes', () => {
  it.each([
    [{}, ['Ingress']],
    [{ policyTypes: [] }, ['Ingress']],
    [{ ingress: [{}] }, ['Ingress']],
    [{ egress: [] }, ['Ingress']],
    [{ egress: [{}] }, ['Ingress', 'Egress']],
    [{ policyTypes: ['Egress'] }, ['Egress']],
    [{ policyTypes: ['Egress', 'Ingress'] }, ['Ingress', 'Egress']],
    [{ policyTypes: ['Ingress'], egress: [{}] }, ['Ingress']],
  ])('of %j are %j', (spec, types) => {
    expect(policyTypes({ spec })).toEqual(types);
  });
});

describe('policySelector', () => {
  it.each([[{}], [{ podSelector: null }], [{ podSelector: {} }]])('takes every pod in %j', (spec) => {
    expect(policySelector({ spec })).toEqual([]);
  });
});

describe('policyRules', () => {
  it('reads peers and ports of both ways', () => {
    const spec = {
      ingress: [
        { from: [{ podSelector: {} }], ports: [{ port: 'http' }, { port: 1, endPort: 9, protocol: 'UDP' }, {}] },
      ],
      egress: [{}, { to: [] }],
    };
    expect(policyRules({ spec }, 'Ingress')).toEqual([
      {
        path: 'spec.ingress[0]',
        peers: [{ spec: { podSelector: {} }, path: 'spec.ingress[0].from[0]' }],
        ports: [
          { port: 'http', endPort: undefined, protocol: 'TCP', path: 'spec.ingress[0].ports[0]' },
          { port: 1, endPort: 9, protocol: 'UDP', path: 'spec.ingress[0].ports[1]' },
          { port: undefined, endPort: undefined, protocol: 'TCP', path: 'spec.ingress[0].ports[2]' },
        ],
      },
    ]);
    expect(policyRules({ spec }, 'Egress')).toEqual([
      { path: 'spec.egress[0]', peers: [], ports: [] },
      { path: 'spec.egress[1]', peers: [], ports: [] },
    ]);
  });
});

describe('letsThrough', () => {
  const port = { number: 8080, name: 'http', protocol: 'TCP' };

  it.each([
    [8080, undefined, 'TCP', true],
    [8081, undefined, 'TCP', false],
    [8000, 8080, 'TCP', true],
    [8000, 8079, 'TCP', false],
    ['http', undefined, 'TCP', true],
    ['web', undefined, 'TCP', false],
    [undefined, undefined, 'TCP', true],
    [8080, undefined, 'UDP', false],
  ])('of %j to %j over %s is %s', (allowed, endPort, protocol, passes) => {
    expect(letsThrough({ port: allowed, endPort, protocol, path: '' }, port)).toBe(passes);
  });
});
