import { describe, expect, it } from 'vitest';
import { deploymentDisruptionBudget } from '../../../../../policies/rules/stack/deploymentDisruptionBudget.ts';
import { disruptionBudgetBlocks } from '../../../../../policies/rules/stack/disruptionBudgetBlocks.ts';
import { disruptionBudgetTarget } from '../../../../../policies/rules/stack/disruptionBudgetTarget.ts';
import { overlappingDisruptionBudgets } from '../../../../../policies/rules/stack/overlappingDisruptionBudgets.ts';
import { pdbValues } from '../../../../../policies/rules/scaling/pdbValues.ts';
import { documents } from '../../../../../policies/rules/exampleYaml.ts';
import {
  autoscalerExample,
  budgetExample,
  workloadExample,
} from '../../../../../policies/rules/stack/stackExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const replicas = (count: number, kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' = 'Deployment') =>
  workloadExample({ kind, spec: [`replicas: ${count}`] });
const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const fix = '. Fix: a PodDisruptionBudget with the same selector and maxUnavailable: 1';
const none = 'and no PodDisruptionBudget of its namespace selects them: one must';

describe('deployment-disruption-budget', () => {
  it.each([
    ['two replicas', replicas(2), `Deployment/shop/shop: it has at least 2 pods ${none}${fix}`],
    ['a StatefulSet', replicas(3, 'StatefulSet'), `StatefulSet/shop/shop: it has at least 3 pods ${none}${fix}`],
    [
      'no number of its own',
      workloadExample(),
      `Deployment/shop/shop: it leaves the number of its pods to others ${none}${fix}`,
    ],
    [
      'an autoscaler that keeps two',
      documents(replicas(1), autoscalerExample('minReplicas: 2')),
      `Deployment/shop/shop: it has at least 2 pods ${none}${fix}`,
    ],
    [
      'an autoscaler that keeps one beside a written number',
      documents(replicas(2), autoscalerExample()),
      `Deployment/shop/shop: it has 2 replicas ${none}${fix}`,
    ],
  ])('asks for one with %s', (_what, yaml, sentence) => {
    expect(problemsOf(deploymentDisruptionBudget, yaml)).toEqual([sentence]);
  });

  it.each([
    ['one replica', replicas(1)],
    ['none', replicas(0)],
    ['a DaemonSet', replicas(2, 'DaemonSet')],
    ['an autoscaler of one', documents(replicas(1), autoscalerExample('minReplicas: 1'))],
  ])('asks for none with %s', (_what, yaml) => {
    expect(problemsOf(deploymentDisruptionBudget, yaml)).toEqual([]);
  });

  it.each([
    ['another namespace', budgetExample('maxUnavailable: 1').replace('namespace: shop', 'namespace: other')],
    ['other labels', budgetExample('maxUnavailable: 1').replace('{ app: shop }', '{ app: blog }')],
    ['no selector', budgetExample('maxUnavailable: 1').replace(/selector.*\n/, '')],
  ])('does not take one of %s', (_what, budget) => {
    expect(problemsOf(deploymentDisruptionBudget, documents(replicas(2), budget))).toHaveLength(1);
  });

  it('takes an empty selector, which means the whole namespace', () => {
    const budget = budgetExample('maxUnavailable: 1').replace(/selector.*\n/, 'selector: {}\n');
    expect(problemsOf(deploymentDisruptionBudget, documents(replicas(2), budget))).toEqual([]);
  });

  it('says what it cannot know, and still judges the others', () => {
    const hidden = workloadExample({ name: 'hidden', spec: [`replicas: ${unknown}`] });
    const kinds = findingsOf(deploymentDisruptionBudget, documents(hidden, replicas(2))).map(({ kind, object }) => [
      object?.name,
      kind,
    ]);
    expect(kinds).toEqual([
      ['hidden', 'unknown'],
      ['shop', 'breach'],
    ]);
  });
});

describe('disruption-budget-blocks', () => {
  it.each([
    [2, 'minAvailable: 2'],
    [2, 'minAvailable: 3'],
    [1, 'minAvailable: 1'],
    [1, 'minAvailable: "1%"'],
    [2, 'minAvailable: "51%"'],
    [9, 'minAvailable: "99%"'],
  ])('finds that %i pods are kept by %s', (count, bound) => {
    expect(findingsOf(disruptionBudgetBlocks, documents(replicas(count), budgetExample(bound)))).toHaveLength(1);
  });

  it.each([
    [2, 'minAvailable: 1'],
    [2, 'minAvailable: "50%"'],
    [10, 'minAvailable: "90%"'],
    [1, 'maxUnavailable: 1'],
    [1, 'maxUnavailable: "1%"'],
    [0, 'minAvailable: 1'],
    [0, 'maxUnavailable: 0'],
    [2, 'minAvailable: many'],
    [2, 'unhealthyPodEvictionPolicy: AlwaysAllow'],
  ])('finds that of %i pods some may go by %s', (count, bound) => {
    expect(findingsOf(disruptionBudgetBlocks, documents(replicas(count), budgetExample(bound)))).toEqual([]);
  });

  it('says how many pods there are, and how it would be right', () => {
    expect(problemsOf(disruptionBudgetBlocks, documents(replicas(1), budgetExample('minAvailable: 1')))).toEqual([
      'PodDisruptionBudget/shop/shop: spec.minAvailable is 1, and it selects 1 pod: at least one pod must be allowed to go. Fix: maxUnavailable: 1, or two replicas',
    ]);
  });

  it('counts what an autoscaler keeps, and the pods of every workload that is selected', () => {
    const scaled = documents(workloadExample(), autoscalerExample('minReplicas: 2'));
    expect(findingsOf(disruptionBudgetBlocks, documents(scaled, budgetExample('minAvailable: 2')))).toHaveLength(1);
    const more = workloadExample({ name: 'more', spec: ['replicas: 1'] });
    expect(findingsOf(disruptionBudgetBlocks, documents(scaled, more, budgetExample('minAvailable: 2')))).toEqual([]);
  });

  it.each(['maxUnavailable: 0', 'maxUnavailable: "0%"', 'minAvailable: "100%"'])(
    'leaves %s, which is wrong whatever it selects, to pdb-values',
    (bound) => {
      const yaml = documents(replicas(9), budgetExample(bound));
      expect([disruptionBudgetBlocks, pdbValues].map((rule) => findingsOf(rule, yaml).length)).toEqual([0, 1]);
    },
  );

  it.each(['minAvailable: 9', 'minAvailable: "99%"', 'maxUnavailable: "1%"'])(
    'cannot tell of %s where nobody knows how many pods there are',
    (bound) => {
      expect(findingsOf(disruptionBudgetBlocks, budgetExample(bound))).toEqual([]);
      expect(findingsOf(disruptionBudgetBlocks, documents(replicas(1, 'DaemonSet'), budgetExample(bound)))).toEqual([]);
    },
  );
});

describe('disruption-budget-target', () => {
  it('looks in its own namespace only', () => {
    const budget = budgetExample('maxUnavailable: 1').replace('namespace: shop', 'namespace: other');
    expect(problemsOf(disruptionBudgetTarget, documents(workloadExample(), budget))).toEqual([
      "PodDisruptionBudget/other/shop: spec.selector selects no pods of the set: it must match labels of pods in its namespace. Fix: selector: the workload's own spec.selector",
    ]);
  });
});

describe('overlapping-disruption-budgets', () => {
  const budget = (name: string, label: string) =>
    budgetExample('maxUnavailable: 1').replace('name: shop', `name: ${name}`).replace('app: shop', label);
  const pods = [
    workloadExample({ labels: 'app: shop, tier: web' }),
    workloadExample({ name: 'api', labels: 'app: shop, tier: api' }),
  ];

  it('names both budgets, once for each pair', () => {
    expect(
      problemsOf(overlappingDisruptionBudgets, documents(...pods, budget('a', 'app: shop'), budget('b', 'app: shop'))),
    ).toEqual([
      'PodDisruptionBudget/shop/b: spec.selector selects the pods of Deployment/shop/shop, as PodDisruptionBudget/shop/a does: only one budget may. Fix: a selector that no other budget shares, or one budget less',
    ]);
    expect(
      findingsOf(
        overlappingDisruptionBudgets,
        documents(...pods, budget('a', 'tier: web'), budget('b', 'tier: api'), budget('c', 'app: shop')),
      ),
    ).toHaveLength(2);
  });
});
