import { describe, expect, it } from 'vitest';
import {
  normalTail,
  normalTailQuantile,
  twoSidedPValue,
} from '../../../../../runtime/src/performance/statistics/normalDistribution.ts';

// By scipy.stats.norm.sf of scipy 1.17.1.
const TAILS = [
  [0, 0.5],
  [0.1, 0.46017216272297101],
  [0.5, 0.30853753872598688],
  [1, 0.15865525393145707],
  [1.6448536269514722, 0.050000000000000044],
  [1.959963984540054, 0.025000000000000001],
  [2.5, 0.0062096653257761323],
  [2.9999, 0.001350341282954925],
  [3, 0.0013498980316300933],
  [3.0001, 0.0013494549132607172],
  [3.5, 0.00023262907903552502],
  [4, 3.1671241833119863e-5],
  [5, 2.8665157187919328e-7],
  [6.5, 4.0160005838590881e-11],
  [8, 6.2209605742717405e-16],
  [12, 1.776482112077653e-33],
  [20, 2.7536241186061556e-89],
  [37, 5.7255712225239266e-300],
] as const;

describe('the normal distribution', () => {
  it.each(TAILS)(
    'lies above %d standard deviations with the probability %d, and the other way round',
    (zScore, tail) => {
      expect(Math.abs(normalTail(zScore) / tail - 1)).toBeLessThan(1e-11);
      expect(Math.abs(normalTailQuantile(tail) - zScore)).toBeLessThan(1e-11);
      expect(twoSidedPValue(-zScore)).toBe(2 * normalTail(zScore));
    },
  );

  it('has tails that are never larger further out, down to nothing', () => {
    const tails = Array.from({ length: 4001 }, (_, index) => normalTail(index / 100));
    expect(tails).toEqual(tails.toSorted((a, b) => b - a));
    expect(normalTail(40)).toBe(0);
    expect(twoSidedPValue(Number.POSITIVE_INFINITY)).toBe(0);
    expect(normalTailQuantile(Number.MIN_VALUE)).toBeGreaterThan(38);
  });
});
