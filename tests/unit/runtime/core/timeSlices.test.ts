import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeSlices } from '../../../../runtime/src/core/timeSlices.ts';

class Sum {
  value = 0;

  merge(other: Sum): void {
    this.value += other.value;
  }
}

const LEVELS = [
  { widthMillis: 10, keptMillis: 100 },
  { widthMillis: 50, keptMillis: 500 },
];

const slicesOf = () => new TimeSlices(LEVELS, () => new Sum());

/** Where slices begin, and what they hold. */
const shown = (slices: TimeSlices<Sum>) =>
  [...slices.slices()].map(({ startMillis, content }) => [startMillis, content.value]);

describe('TimeSlices', () => {
  it('has one slice for what happens within its width', () => {
    const slices = slicesOf();
    for (const now of [10, 19, 20, 45]) slices.at(now).value += 1;
    expect(shown(slices)).toEqual([
      [10, 2],
      [20, 1],
      [40, 1],
    ]);
    expect(slices.size).toBe(3);
  });

  it('puts what is old into wider slices, and lets go of what is older', () => {
    const slices = slicesOf();
    for (const now of [10, 30, 60]) slices.at(now).value += 1;
    slices.rollUp(119);
    expect(shown(slices)).toHaveLength(3);
    slices.rollUp(140);
    expect(shown(slices)).toEqual([
      [60, 1],
      [0, 2],
    ]);
    expect(slices.size).toBe(2);
    slices.rollUp(549);
    expect(shown(slices)).toEqual([
      [0, 2],
      [50, 1],
    ]);
    slices.rollUp(550);
    expect(shown(slices)).toEqual([[50, 1]]);
    slices.rollUp(10_000);
    expect([shown(slices), slices.size]).toEqual([[], 0]);
  });

  it('tells which slice holds a moment, wherever it has been put by then', () => {
    const slices = slicesOf();
    for (const [index, now] of [10, 30, 60].entries()) slices.at(now).value += index + 1;
    const held = () => [9, 10, 19, 30, 69, 70].map((millis) => slices.holding(millis)?.value);
    expect(held()).toEqual([undefined, 1, 1, 2, 3, undefined]);
    slices.rollUp(140);
    expect(held()).toEqual([3, 3, 3, 3, 3, undefined]);
    slices.rollUp(550);
    expect(held()).toEqual([undefined, undefined, undefined, undefined, 3, 3]);
  });

  it('begins anew with a slice that was let go of while it was the newest', () => {
    const slices = slicesOf();
    const first = slices.at(5);
    slices.rollUp(10_000);
    expect(slices.at(5)).not.toBe(first);
  });

  it('adds what another holds, slice by slice', () => {
    const [first, second] = [slicesOf(), slicesOf()];
    for (const now of [5, 200]) first.at(now).value += 1;
    for (const now of [7, 190, 205]) second.at(now).value += 10;
    first.merge(second);
    expect(shown(first)).toEqual([
      [190, 10],
      [200, 11],
      [0, 11],
    ]);
    expect(first.size).toBe(3);
  });

  it('loses nothing that the widest slices keep', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 100 }), (steps) => {
        const slices = slicesOf();
        const moments: number[] = [];
        let now = 0;
        for (const millis of steps) {
          now += millis;
          moments.push(now);
          slices.at(now).value += 1;
        }
        const from = Math.floor(Math.max(0, now - 450) / 50) * 50;
        expect(slices.since(from, now).value).toBe(moments.filter((moment) => moment >= from).length);
      }),
    );
  });
});
