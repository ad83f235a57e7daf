import type { V1LabelSelector } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { selectsLabels } from '../../../../tools/kube/labelSelector.ts';

const labels = { app: 'collector', tier: 'tracing' };
const expression = (key: string, operator: string, values: string[] = []) => ({
  matchExpressions: [{ key, operator, values }],
});

test.each<[string, V1LabelSelector | undefined, boolean]>([
  ['no selector', undefined, false],
  ['an empty one', {}, true],
  ['an equal label', { matchLabels: { app: 'collector' } }, true],
  ['one equal label of two', { matchLabels: { app: 'collector', tier: 'shop' } }, false],
  ['In', expression('app', 'In', ['query', 'collector']), true],
  ['In of others', expression('app', 'In', ['query']), false],
  ['In of a label that is not there', expression('none', 'In', ['query']), false],
  ['NotIn', expression('app', 'NotIn', ['collector']), false],
  ['NotIn of a label that is not there', expression('none', 'NotIn', ['collector']), true],
  ['Exists', expression('tier', 'Exists'), true],
  ['Exists of a label that is not there', expression('none', 'Exists'), false],
  ['DoesNotExist', expression('none', 'DoesNotExist'), true],
  ['DoesNotExist of one that is', expression('tier', 'DoesNotExist'), false],
  [
    'labels and an expression that fails',
    { matchLabels: { app: 'collector' }, ...expression('tier', 'DoesNotExist') },
    false,
  ],
])('%s', (_what, selector, selected) => {
  expect(selectsLabels(selector, labels)).toBe(selected);
});
