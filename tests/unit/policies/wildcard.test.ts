import { describe, expect, it } from 'vitest';
import { matchesWildcard } from '../../../policies/wildcard.ts';

describe('matchesWildcard', () => {
  it.each([
    ['shop', 'shop'],
    ['*', ''],
    ['*', 'shop'],
    ['shop/*', 'shop/vault'],
    ['*/vault-*', '/vault-shop'],
    ['a*b*c', 'aXbYc'],
    ['a*b*b', 'abb'],
    ['a.c', 'a.c'],
  ])('%s means %s', (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(true);
  });

  it.each([
    ['shop', 'shops'],
    ['', 'shop'],
    ['a*a', 'a'],
    ['a*b*b', 'ab'],
    ['*c', 'cd'],
    ['a.c', 'abc'],
  ])('%s does not mean %s', (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(false);
  });
});
