import { describe, expect, it } from 'vitest';
import { pdbUnhealthyEviction } from '../../../../../policies/rules/scaling/pdbUnhealthyEviction.ts';
import { pdbValues } from '../../../../../policies/rules/scaling/pdbValues.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, saidOf } from '../../support/declared.ts';

const budget = (spec: unknown, version = 'v1') => declared(`policy/${version}`, 'PodDisruptionBudget', { spec });
const selector = { matchLabels: { app: 'shop' } };

it.each([pdbValues, pdbUnhealthyEviction])('$name says nothing of budgets of other groups', (rule) => {
  expect(saidOf(rule, declared('example.com/v1', 'PodDisruptionBudget', { spec: {} }))).toEqual([]);
});

describe('pdb-values', () => {
  it.each([
    { maxUnavailable: 1 },
    { maxUnavailable: '1%' },
    { minAvailable: 0 },
    { minAvailable: 5 },
    { minAvailable: '99%' },
    { minAvailable: 1, maxUnavailable: null },
  ])('takes %j', (spec) => {
    expect(saidOf(pdbValues, budget({ selector, ...spec }))).toEqual([]);
    expect(saidOf(pdbValues, budget({ selector, ...spec }, 'v1beta1'))).toEqual([]);
  });

  it.each([
    [{}, 'spec has neither of minAvailable and maxUnavailable: it must have one of them'],
    [
      { minAvailable: 1, maxUnavailable: 1 },
      'spec has both of minAvailable and maxUnavailable: it must have one of them',
    ],
    [{ maxUnavailable: 0 }, 'spec.maxUnavailable is 0: it must be a whole number or a percentage, above 0'],
    [{ maxUnavailable: '0%' }, 'spec.maxUnavailable is "0%": it must be a whole number or a percentage, above 0'],
    [{ maxUnavailable: '1' }, 'spec.maxUnavailable is "1": it must be a whole number or a percentage, above 0'],
    [{ minAvailable: '100%' }, 'spec.minAvailable is "100%": it must be a whole number or a percentage, below 100%'],
    [{ minAvailable: -1 }, 'spec.minAvailable is -1: it must be a whole number or a percentage, below 100%'],
  ])('refuses %j', (spec, sentence) => {
    expect(saidOf(pdbValues, budget({ selector, ...spec }))).toEqual([sentence]);
  });

  it.each([
    [undefined, 'is missing'],
    [null, 'is missing'],
    [{}, 'is {}'],
    [{ matchLabels: {} }, 'is {"matchLabels":{}}'],
    [{ matchExpressions: [{ key: 'app', operator: 'Is' }] }, 'is {"matchExpressions":[{"key":"app","operator":"Is"}]}'],
  ])('refuses the selector %j', (given, state) => {
    expect(saidOf(pdbValues, budget({ maxUnavailable: 1, selector: given }))).toEqual([
      `spec.selector ${state}: it must select pods by a label`,
    ]);
  });

  it('says how it would be right', () => {
    expect(problemsOf(pdbValues, [budget({ selector, maxUnavailable: 0 })])).toEqual([
      'PodDisruptionBudget/shop: spec.maxUnavailable is 0: it must be a whole number or a percentage, above 0. Fix: maxUnavailable: 1',
    ]);
  });
});

describe('pdb-unhealthy-eviction', () => {
  it('takes AlwaysAllow alone', () => {
    const said = (policy: unknown) => saidOf(pdbUnhealthyEviction, budget({ unhealthyPodEvictionPolicy: policy }));
    expect(said('AlwaysAllow')).toEqual([]);
    expect([said(undefined), said('IfHealthyBudget')]).toEqual([
      ['spec.unhealthyPodEvictionPolicy is missing: it must be "AlwaysAllow"'],
      ['spec.unhealthyPodEvictionPolicy is "IfHealthyBudget": it must be "AlwaysAllow"'],
    ]);
  });
});
