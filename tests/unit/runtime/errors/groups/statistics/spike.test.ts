import { describe, expect, it } from 'vitest';
import { incompleteBeta } from '../../../../../../runtime/src/errors/groups/statistics/incompleteBeta.ts';
import { spikeIn, spikeLevel } from '../../../../../../runtime/src/errors/groups/statistics/spike.ts';

/** So many minutes with so many errors each. */
const minutes = (length: number, count = 0) => Array.from({ length }, () => count);

describe('incompleteBeta', () => {
  // Sums of exact fractions: at least k of n trials, each with probability p.
  it.each([
    [5, 5, 1 / 61, 1.183997607870177e-9],
    [10, 10, 1 / 6, 1.65381716879202e-8],
    [20, 80, 1 / 61, 2.705452079515902e-18],
    [5, 10, 1 / 6, 0.015461966703500482],
    [150, 3150, 1 / 61, 1.8311001640259804e-29],
    [40, 140, 1 / 31, 1.6056958024371162e-26],
    [3, 10, 1 / 10, 0.0701908264],
  ])('is how likely at least %d of %d succeed', (k, n, p, expected) => {
    expect(incompleteBeta(p, k, n - k + 1) / expected).toBeCloseTo(1, 10);
  });

  it('is symmetric, and 0 and 1 at the ends', () => {
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
    for (const x of [0.1, 0.5, 0.93])
      expect(incompleteBeta(x, 7.5, 2.25)).toBeCloseTo(1 - incompleteBeta(1 - x, 2.25, 7.5), 12);
  });
});

describe('spikeIn', () => {
  const LEVEL = 1e-7;

  it('tells the count, what was expected and how likely it is', () => {
    expect(spikeIn(5, minutes(60), LEVEL)).toEqual({
      count: 5,
      expected: 0,
      pValue: expect.closeTo(1.184e-9, 12) as number,
    });
    expect(spikeIn(20, minutes(60, 1), LEVEL)).toMatchObject({ count: 20, expected: 1 });
  });

  it.each([
    ['fewer than 5 errors', 4, minutes(60)],
    ['fewer than 5 minutes before', 1000, minutes(4)],
    ['less than twice as many as before', 19_999, minutes(60, 10_000)],
    ['what is likely enough', 5, minutes(5)],
    ['no more than before', 100, minutes(60, 100)],
  ])('is silent about %s', (_, count, baseline) => {
    expect(spikeIn(count, baseline, LEVEL)).toBeUndefined();
  });

  it('tells just above each of these bounds', () => {
    expect(spikeIn(20_000, minutes(60, 10_000), LEVEL)).toBeDefined();
    expect(spikeIn(10, minutes(5), LEVEL)).toBeDefined();
    expect(spikeIn(9, minutes(5), LEVEL)).toBeDefined();
    expect(spikeIn(8, minutes(5), LEVEL)).toBeUndefined();
  });

  it('is silent about the bursts of a group that has had such bursts', () => {
    const bursty = minutes(60).map((_, minute) => (minute % 15 === 7 ? 50 : 0));
    expect(spikeIn(50, bursty, LEVEL)).toBeUndefined();
    expect(spikeIn(50, minutes(60, 4), LEVEL)).toBeDefined();
    expect(spikeIn(2000, bursty, LEVEL)).toBeDefined();
  });

  it('alarms no more often than its level says, where errors are independent', () => {
    const random = seeded(7);
    for (const mean of [0.2, 1, 4, 20]) {
      let alarms = 0;
      for (let run = 0; run < 4000; run += 1) {
        const baseline = minutes(30).map(() => poisson(mean, random));
        if (spikeIn(poisson(mean, random), baseline, 0.01) !== undefined) alarms += 1;
      }
      expect(alarms).toBeLessThan(4000 * 0.01 + 3 * Math.sqrt(40));
    }
  });

  it('alarms about bursts such as came before hardly more often than its level says', () => {
    const random = seeded(11);
    const draw = (): number => {
      let count = 0;
      for (let burst = poisson(4, random); burst > 0; burst -= 1)
        do count += 1;
        while (random() < 0.8);
      return count;
    };
    const baseline = minutes(60).map(draw);
    let alarms = 0;
    for (let run = 0; run < 20_000; run += 1) {
      const count = draw();
      if (spikeIn(count, baseline, 0.001) !== undefined) alarms += 1;
      baseline[run % 60] = count;
    }
    expect(alarms).toBeLessThan(30);
  });

  it('finds ten times as many as before, and three times as many where they are many', () => {
    expect(
      spikeIn(
        20,
        minutes(60).map((_, minute) => [1, 3, 2, 0, 4][minute % 5] ?? 0),
        LEVEL,
      ),
    ).toBeDefined();
    expect(
      spikeIn(
        60,
        minutes(60).map((_, minute) => 15 + ((minute * 7) % 11)),
        LEVEL,
      ),
    ).toBeDefined();
  });
});

describe('spikeLevel', () => {
  it('shares the false alarms of a day among all groups and minutes', () => {
    expect(spikeLevel(1.44, 10)).toBeCloseTo(1e-4, 12);
    expect(spikeLevel(1.44, 0)).toBeCloseTo(1e-3, 12);
  });
});

/** Numbers from 0 to below 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function poisson(mean: number, random: () => number): number {
  let count = -1;
  for (let rest = 1; rest > Math.exp(-mean); rest *= random()) count += 1;
  return count;
}
