import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../../../../policies/kubernetes/quantity.ts';

const one = 10n ** 9n;

describe('parseQuantity', () => {
  it.each<[unknown, bigint]>([
    ['1', one],
    [2, 2n * one],
    [0.5, one / 2n],
    ['100m', one / 10n],
    ['.5', one / 2n],
    ['1.', one],
    ['1Ki', 1024n * one],
    ['1.5Gi', 1536n * 1024n * 1024n * one],
    ['1k', 1000n * one],
    ['1e3', 1000n * one],
    ['12E-1', 1_200_000_000n],
    ['2E', 2n * 10n ** 18n * one],
    ['1u', 1000n],
    ['0.1n', 1n],
    ['0', 0n],
  ])('reads %j', (value, size) => {
    expect(parseQuantity(value)).toBe(size);
  });

  it.each<unknown>(['', 'm', '.', '-1', '1 Gi', '1gb', '1GiB', 'NaN', Number.NaN, Infinity, null, undefined, {}, true])(
    'refuses %j',
    (value) => {
      expect(parseQuantity(value)).toBeUndefined();
    },
  );

  it('finds thousandths equal to the fraction they are', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (thousandths) => {
        expect(parseQuantity(`${thousandths}m`)).toBe(parseQuantity((thousandths / 1000).toFixed(3)));
      }),
    );
  });
});
