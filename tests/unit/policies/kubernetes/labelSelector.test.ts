import { describe, expect, it } from 'vitest';
import { labelMapSelectorOf, labelSelectorOf, selects } from '../../../../policies/kubernetes/labelSelector.ts';

const labels = { app: 'shop', tier: 'web' };
const expression = (key: string, operator: string, ...values: readonly string[]): unknown => ({
  matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }],
});

const takes = (selector: unknown): boolean => {
  const asked = labelSelectorOf(selector);
  return asked !== undefined && selects(asked, labels);
};

describe('a label selector', () => {
  it.each([
    ['an empty selector', {}],
    ['a label', { matchLabels: { app: 'shop' } }],
    ['several labels', { matchLabels: { app: 'shop', tier: 'web' } }],
    ['In', expression('app', 'In', 'blog', 'shop')],
    ['NotIn', expression('app', 'NotIn', 'blog')],
    ['NotIn of a label that is missing', expression('zone', 'NotIn', 'a')],
    ['Exists', expression('app', 'Exists')],
    ['DoesNotExist', expression('constructor', 'DoesNotExist')],
    ['labels and expressions', { matchLabels: { app: 'shop' }, ...Object(expression('tier', 'Exists')) }],
  ])('takes %s', (_what, selector) => {
    expect(takes(selector)).toBe(true);
  });

  it.each([
    ['no selector', undefined],
    ['null', null],
    ['a list', []],
    ['another value', { matchLabels: { app: 'blog' } }],
    ['a label that is missing', { matchLabels: { app: 'shop', zone: 'a' } }],
    ['In of other values', expression('app', 'In', 'blog')],
    ['In of nothing', expression('app', 'In')],
    ['NotIn of nothing', expression('app', 'NotIn')],
    ['a label that is no text', { matchLabels: { app: 1 } }],
    ['NotIn', expression('app', 'NotIn', 'shop')],
    ['Exists of a label that is missing', expression('constructor', 'Exists')],
    ['DoesNotExist', expression('app', 'DoesNotExist')],
    ['an operator that there is not', expression('app', 'Is', 'shop')],
    ['an expression without a key', { matchExpressions: [{}] }],
    ['labels, but not the expressions', { matchLabels: { app: 'shop' }, ...Object(expression('tier', 'In', 'db')) }],
  ])('refuses %s', (_what, selector) => {
    expect(takes(selector)).toBe(false);
  });
});

describe('labelMapSelectorOf', () => {
  it('reads a mapping of labels', () => {
    expect(labelMapSelectorOf({ app: 'shop', tier: 'web' })).toEqual([
      { key: 'app', operator: 'In', values: ['shop'] },
      { key: 'tier', operator: 'In', values: ['web'] },
    ]);
  });

  it.each([[undefined], [null], [{}], [[]], ['app'], [{ app: 1 }]])('finds no selector in %j', (value) => {
    expect(labelMapSelectorOf(value)).toBeUndefined();
  });
});
