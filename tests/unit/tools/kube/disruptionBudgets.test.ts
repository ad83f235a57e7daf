import type { V1Pod, V1PodDisruptionBudget } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { budgetProblems } from '../../../../tools/kube/disruptionBudgets.ts';

const healthy = {
  observedGeneration: 1,
  currentHealthy: 2,
  desiredHealthy: 1,
  disruptionsAllowed: 1,
  expectedPods: 2,
};

function budget(
  name: string,
  spec: object = {},
  status: object = {},
  labels: Record<string, string> = {},
): V1PodDisruptionBudget {
  return {
    metadata: { name, labels, generation: 1 },
    spec: { minAvailable: 1, selector: { matchLabels: { app: 'collector' } }, ...spec },
    status: { ...healthy, ...status },
  };
}

function pod(name: string, app = 'collector', phase = 'Running', deletionTimestamp?: Date): V1Pod {
  const going = deletionTimestamp === undefined ? {} : { deletionTimestamp };
  return { metadata: { name, labels: { app }, ...going }, status: { phase } };
}

function said(budgets: readonly V1PodDisruptionBudget[], pods: readonly V1Pod[] = [pod('a')]): string[] {
  return budgetProblems(budgets, pods).map(({ name, problem }) => `${name} ${problem}`);
}

const blocked = { disruptionsAllowed: 0 };

test('a budget that lets a pod go is well', () => {
  expect(said([budget('own')])).toEqual([]);
});

test.each([
  ['minAvailable: 2', { minAvailable: 2 }],
  ['minAvailable: 100%', { minAvailable: '100%' }],
  ['maxUnavailable: 0', { maxUnavailable: 0 }],
])('one that lets none of its healthy pods go would block a drain, by %s', (bound, spec) => {
  expect(said([budget('theirs', spec, blocked)])).toEqual([
    `theirs lets none of its healthy pods (2) be evicted (${bound}), so that no node with one of them can be drained: ` +
      'lower minAvailable, raise maxUnavailable, or run more pods',
  ]);
});

test("of the stack's own it is said that `up` sets it again", () => {
  const own = budget('jaeger-collector', { minAvailable: 2 }, blocked, { 'app.kubernetes.io/part-of': 'tracewright' });
  expect(said([own])).toEqual([expect.stringContaining('`npm run up` makes budget and pods as the stack says')]);
});

test.each([
  ['whose pods are not all healthy', { ...blocked, currentHealthy: 1 }],
  ['without pods', { ...blocked, currentHealthy: 0, expectedPods: 0 }],
  ['that has just been changed', { ...blocked, observedGeneration: 0 }],
])('a budget %s blocks for no longer than that', (_what, status) => {
  expect(said([budget('own', {}, status)])).toEqual([]);
});

test('a budget whose pods cannot be counted is told in the words of Kubernetes', () => {
  const conditions = [
    {
      type: 'DisruptionAllowed',
      status: 'False',
      reason: 'SyncFailed',
      message: 'found no controller ref for pod "a"',
      lastTransitionTime: new Date(0),
    },
  ];
  expect(said([budget('theirs', {}, { ...blocked, conditions })])).toEqual([
    'theirs lets no pod be evicted, since Kubernetes cannot count them: found no controller ref for pod "a"',
  ]);
});

test("two budgets over one pod are told of somebody else's, once for all their pods", () => {
  const own = budget('own', {}, {}, { 'app.kubernetes.io/part-of': 'tracewright' });
  const all = budget('theirs', { selector: {} });
  expect(said([own, all], [pod('a'), pod('b'), pod('q', 'query')])).toEqual([
    'theirs covers pods that own covers too, such as a: Kubernetes evicts none of them, so that their nodes cannot be drained. ' +
      'Delete one of the budgets',
  ]);
});

test('a finished pod and one that is going do not count, nor does a budget without a selector', () => {
  const two = [budget('own'), budget('theirs')];
  expect(said(two, [pod('a', 'collector', 'Succeeded'), pod('b', 'collector', 'Running', new Date())])).toEqual([]);
  expect(said([budget('own'), budget('theirs', { selector: undefined })])).toEqual([]);
});
