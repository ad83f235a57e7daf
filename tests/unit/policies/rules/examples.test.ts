import { describe, expect, it } from 'vitest';
import { allRules } from '../../../../policies/rules/allRules.ts';
import { findingsOf } from '../../../support/problemsOf.ts';

describe.each(allRules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  it('finds nothing wrong with its example that passes', () => {
    expect(findingsOf(rule, rule.passes, rule.exampleParameters)).toEqual([]);
  });

  it('finds a breach, and nothing else, in its example that fails', () => {
    const kinds = findingsOf(rule, rule.fails, rule.exampleParameters).map(({ kind }) => kind);
    expect(kinds.length).toBeGreaterThan(0);
    expect(new Set(kinds)).toEqual(new Set(['breach']));
  });
});

it('no two rules have the same name', () => {
  const names = allRules.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('names are in kebab case', () => {
  expect(allRules.map(({ name }) => name).filter((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))).toEqual([]);
});
