import { describe, expect, it } from 'vitest';
import { outcomes, worstOf, type Outcome } from '../../../../tools/validate/finding.ts';

describe('worstOf', () => {
  it.each<[readonly Outcome[], Outcome]>([
    [[], 'ok'],
    [['ok', 'ok'], 'ok'],
    [['warning', 'ok'], 'warning'],
    [['warning', 'unchecked', 'ok'], 'unchecked'],
    [['unchecked', 'failed', 'warning'], 'failed'],
  ])('of %j is %s', (found, worst) => {
    expect(worstOf(found)).toBe(worst);
  });

  it('takes what could not be checked for worse than a warning, and better than what failed', () => {
    expect(outcomes).toEqual(['ok', 'warning', 'unchecked', 'failed']);
  });
});
