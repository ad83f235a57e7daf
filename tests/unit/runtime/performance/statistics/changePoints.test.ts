import { describe, expect, it } from 'vitest';
import { changePoints, MAX_CHANGE_POINTS } from '../../../../../runtime/src/performance/statistics/changePoints.ts';
import { evenTimes, noise, valuesOf } from './testSeries.ts';

/** Where levels begin, by the index of the point. */
function startsOf(values: readonly number[], minSegmentPoints = 5): readonly number[] {
  const times = evenTimes(values.length);
  const found = changePoints(times, values, { minSegmentPoints });
  if (found.verdict === 'not enough data') throw new Error(found.verdict);
  return found.segments.map(({ fromMillis }) => times.indexOf(fromMillis));
}

describe('changePoints', () => {
  it('tells the levels, when each began and ended, and how many points it has', () => {
    const times = evenTimes(30);
    const random = noise(1);
    const values = valuesOf(30, (index) => (index < 18 ? 100 : 140) + Math.round(random()));
    const found = changePoints(times, values);
    expect(found).toMatchObject({ verdict: 'changed', points: 30, given: 30 });
    if (found.verdict === 'not enough data') throw new Error(found.verdict);
    const [before, after] = found.segments;
    expect(before).toMatchObject({ fromMillis: times[0], toMillis: times[17], points: 18 });
    expect(after).toMatchObject({ fromMillis: times[18], toMillis: times[29], points: 12 });
    expect(before.level).toBeCloseTo(100, 0);
    expect(after?.level).toBeCloseTo(140, 0);
  });

  it('finds a change without any noise at its very place', () => {
    expect(startsOf(valuesOf(40, (index) => (index < 13 ? 1 : 2)))).toEqual([0, 13]);
    expect(startsOf(valuesOf(40, (index) => (index < 13 ? 1e12 : 1e12 + 1)))).toEqual([0, 13]);
    expect(startsOf(valuesOf(40, (index) => (index < 13 ? -1e149 : 1e149)))).toEqual([0, 13]);
  });

  it('finds one level in what is always the same, and in noise', () => {
    const values = valuesOf(50, () => 0.1);
    expect(changePoints(evenTimes(50), values)).toMatchObject({ verdict: 'steady', segments: [{ points: 50 }] });
    const random = noise(2);
    let cut = 0;
    for (let round = 0; round < 100; round += 1) if (startsOf(valuesOf(100, random)).length > 1) cut += 1;
    expect(cut).toBeLessThanOrEqual(10);
  });

  it('finds one level in most series whose values are like their neighbours', () => {
    const random = noise(7);
    let cut = 0;
    for (let round = 0; round < 100; round += 1) {
      let last = 0;
      if (startsOf(valuesOf(200, () => (last = 0.7 * last + random()))).length > 1) cut += 1;
    }
    expect(cut).toBeLessThanOrEqual(25);
  });

  it('makes no level shorter than asked for', () => {
    const values = valuesOf(60, (index) => (index >= 30 && index < 34 ? 50 : 0) + (index % 2));
    expect(startsOf(values, 4)).toEqual([0, 30, 34]);
    for (const minimum of [5, 8, 20]) {
      const starts = [...startsOf(values, minimum), 60];
      for (const [index, start] of starts.slice(1).entries())
        expect(start - (starts[index] ?? 0)).toBeGreaterThanOrEqual(minimum);
    }
  });

  it('thins more points than it compares out', () => {
    const count = 20_000;
    const values = valuesOf(count, (index) => (index < 12_000 ? 3 : 8) + (index % 3));
    const found = changePoints(evenTimes(count), values);
    expect(found).toMatchObject({ verdict: 'changed', points: MAX_CHANGE_POINTS, given: count });
    if (found.verdict === 'not enough data') throw new Error(found.verdict);
    expect(found.segments.map(({ points }) => points)).toEqual([600, 400]);
  });

  it('tells nothing of what has no room for two levels', () => {
    const values = [1, 2, Number.NaN, 3, 4, 5, 6, 7, 8, 9];
    expect(changePoints(evenTimes(10), values)).toEqual({ verdict: 'not enough data', needed: 10, given: 9 });
    expect(changePoints([], [], { minSegmentPoints: 2 })).toEqual({ verdict: 'not enough data', needed: 4, given: 0 });
  });

  it.each([1, 2.5, 501, Number.NaN])('refuses levels of at least %d points', (minSegmentPoints) => {
    expect(() => changePoints([], [], { minSegmentPoints })).toThrow('minSegmentPoints');
  });
});
