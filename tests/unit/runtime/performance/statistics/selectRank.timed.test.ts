import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectMedian, selectRank } from '../../../../../runtime/src/performance/statistics/selectRank.ts';

const numbers = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 })), { minLength: 1 });

describe('selectRank', () => {
  it('finds what sorting puts there, whatever was asked before', () => {
    fc.assert(
      fc.property(numbers, fc.array(fc.nat()), (list, ranks) => {
        const selected = Float64Array.from(list, (each) => each + 0);
        const sorted = selected.toSorted();
        for (const rank of ranks) {
          const at = rank % list.length;
          expect(selectRank(selected, at)).toBe(sorted[at]);
        }
        expect(selected.toSorted()).toEqual(sorted);
      }),
    );
  });

  it.each([
    ['all equal', () => 1],
    ['sorted', (index: number) => index],
    ['sorted the other way', (index: number) => -index],
    ['like an organ pipe', (index: number) => Math.min(index, 100_000 - index)],
  ])('is quick with numbers that are %s', (_, value) => {
    const list = Float64Array.from({ length: 100_000 }, (__, index) => value(index));
    const sorted = list.toSorted();
    const begin = performance.now();
    for (const rank of [50_000, 3, 99_999]) expect(selectRank(list, rank)).toBe(sorted[rank]);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  it('takes the mean of both in the middle for the median', () => {
    expect(selectMedian(Float64Array.of(9, 1, 4))).toBe(4);
    expect(selectMedian(Float64Array.of(9, 1, 4, 6))).toBe(5);
    expect(selectMedian(Float64Array.of(1.7e308, 1.7e308))).toBe(1.7e308);
  });
});
