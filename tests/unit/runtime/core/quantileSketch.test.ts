import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, QUANTILE_RELATIVE_ERROR, QuantileSketch } from '../../../../runtime/src/core/quantileSketch.ts';

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(bucketOf(value));
  return sketch;
}

const SHARES = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 1];
const size = fc.oneof(
  fc.double({ min: 1e-12, max: 1e18, noNaN: true }),
  fc.double({ min: 1e-4, max: 1, noNaN: true }),
  fc.integer({ min: 1, max: 1000 }),
);
const value = fc.oneof(
  size,
  size.map((positive) => -positive),
  fc.constant(0),
);

describe('QuantileSketch', () => {
  it('tells every quantile within the bound, and a rounding, of the value at its rank, on both sides of zero', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const sorted = values.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(share * values.length)) - 1] ?? Number.NaN;
          const quantile = sketchOf(values).quantile(share) ?? Number.NaN;
          const bound = (QUANTILE_RELATIVE_ERROR + 1e-9) * Math.abs(exact);
          expect(Math.abs(quantile - exact)).toBeLessThanOrEqual(bound);
        },
      ),
    );
  });

  it('is the same after it was sent as numbers, whatever comes of them in between', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        const sketch = sketchOf(values);
        const pairs = JSON.parse(JSON.stringify(sketch.toPairs())) as number[];
        const received = QuantileSketch.fromPairs(pairs);
        expect([...received.entries()]).toEqual([...sketch.entries()]);
        expect(received.count).toBe(values.length);
      }),
    );
    expect([...QuantileSketch.fromPairs([5, 2, 3, 1, 5, 1, 9]).entries()]).toEqual([
      [3, 1],
      [5, 3],
    ]);
  });

  it('tells zero exactly', () => {
    expect(sketchOf([-5, 0, 5]).quantile(0.5)).toBe(0);
  });

  it('knows of nothing where nothing was counted', () => {
    for (const share of SHARES) expect(new QuantileSketch().quantile(share)).toBeUndefined();
    expect(new QuantileSketch().bucketCount).toBe(0);
    expect(new QuantileSketch().count).toBe(0);
    expect([...new QuantileSketch().entries()]).toEqual([]);
  });

  it('takes the rank that is reached, from the first to the last', () => {
    const sketch = sketchOf([1, 10, 100, 1000]);
    const near = SHARES.map((share) => Math.round((sketch.quantile(share) ?? Number.NaN) / 50));
    expect(near).toEqual([0, 0, 0, 2, 20, 20, 20]);
  });

  it('orders values below zero before zero, and zero before those above', () => {
    const sketch = sketchOf([1000, -1000, 0, -1, 1]);
    const shown = [0.2, 0.4, 0.6, 0.8, 1].map((share) => Math.round((sketch.quantile(share) ?? Number.NaN) / 50));
    expect(shown).toEqual([-20, -0, 0, 0, 20]);
  });

  it('holds the same merged as counted at once, whatever was merged first, and leaves the other as it was', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 100 }), fc.array(value, { maxLength: 100 }), (some, others) => {
        const [a, b, both] = [sketchOf(some), sketchOf(others), sketchOf([...some, ...others])];
        const before = [...b.entries()];
        a.merge(b);
        expect([...a.entries()]).toEqual([...both.entries()]);
        expect([...b.entries()]).toEqual(before);
      }),
    );
  });

  it('is copied as it is, and the copy is one of its own', () => {
    const sketch = sketchOf([-1, 0, 3, 3]);
    const [copy, other] = [sketch.copy(), sketch.copy()];
    other.add(bucketOf(9));
    sketch.add(bucketOf(3));
    sketch.add(bucketOf(4));
    copy.add(bucketOf(-2));
    expect([...other.entries()]).toEqual([...sketchOf([-1, 0, 3, 3, 9]).entries()]);
    expect([...copy.entries()]).toEqual([...sketchOf([-2, -1, 0, 3, 3]).entries()]);
    expect([...sketch.entries()]).toEqual([...sketchOf([-1, 0, 3, 3, 3, 4]).entries()]);
  });

  it('takes all of another where it was empty, and both are their own afterwards', () => {
    const [sum, other] = [new QuantileSketch(), sketchOf([1, 3])];
    sum.merge(other);
    other.add(bucketOf(2));
    sum.add(bucketOf(3));
    sum.add(bucketOf(4));
    expect([...sum.entries()]).toEqual([...sketchOf([1, 3, 3, 4]).entries()]);
    expect([...other.entries()]).toEqual([...sketchOf([1, 2, 3]).entries()]);
  });

  it('gives its buckets in ascending order, each with how many it holds', () => {
    expect([...sketchOf([7, -3, 0, 7]).entries()]).toEqual([
      [bucketOf(-3), 1],
      [0, 1],
      [bucketOf(7), 2],
    ]);
  });

  it('takes memory for the buckets that hold something only', () => {
    expect(sketchOf(Array.from({ length: 10_000 }, () => 5)).bucketCount).toBe(1);
    expect(sketchOf([1, 1e9]).bucketCount).toBe(2);
    expect(sketchOf(Array.from({ length: 100_000 }, (_, index) => (index + 1) / 10)).bucketCount).toBeLessThan(700);
  });

  it('counts several at once', () => {
    const sketch = sketchOf([1000]);
    sketch.add(bucketOf(1), 99);
    expect(sketch.count).toBe(100);
    expect(sketch.quantile(0.99)).toBeCloseTo(1, 1);
    expect(sketch.quantile(1)).toBeGreaterThan(990);
  });
});

describe('bucketOf', () => {
  it.each([0, -0, Number.NaN])('takes %d for zero', (none) => {
    expect(bucketOf(none)).toBe(0);
  });

  it.each([1e-13, Number.MIN_VALUE, 1e-12])('puts %d into the first above zero', (small) => {
    expect(bucketOf(small)).toBe(bucketOf(1e-12));
    expect(bucketOf(-small)).toBe(-bucketOf(1e-12));
    expect(bucketOf(small)).toBeGreaterThan(0);
  });

  it.each([1e18, 1e19, Number.MAX_VALUE, Infinity])('puts %d into the last', (large) => {
    expect(bucketOf(large)).toBe(bucketOf(1e18));
    expect(bucketOf(-large)).toBe(-bucketOf(1e18));
    expect(bucketOf(large)).toBeLessThan(8192);
  });

  it('never puts a larger value before a smaller one', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(bucketOf(Math.min(a, b))).toBeLessThanOrEqual(bucketOf(Math.max(a, b)));
      }),
    );
  });
});
