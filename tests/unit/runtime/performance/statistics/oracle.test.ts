// @spec S4.4
import { describe, expect, it } from 'vitest';
import { changePoints } from '../../../../../runtime/src/performance/statistics/changePoints.ts';
import { mannKendall } from '../../../../../runtime/src/performance/statistics/mannKendall.ts';
import { theilSen } from '../../../../../runtime/src/performance/statistics/theilSen.ts';
import { timesOf, trendFixtures, type TrendFixture } from '../../../../fixtures/trends/trendFixtures.ts';

const FIXTURES = trendFixtures();

/** Holds what is a number to the oracle's within a millionth, and all else to be the same. */
function expectNear(actual: object, expected: Readonly<Record<string, unknown>>): void {
  const answers = Object.entries(actual).filter(([key]) => Object.hasOwn(expected, key));
  expect(answers.map(([key]) => key).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [key, value] of answers) {
    const wanted = expected[key];
    if (typeof wanted === 'number') expectNumber(Number(value), wanted, key);
    else expect(value, key).toBe(wanted);
  }
}

function expectNumber(actual: number, wanted: number, what: string): void {
  const allowed = 1e-6 * Math.min(1, Math.abs(wanted)) + 1e-12 * Math.abs(wanted);
  expect(Math.abs(actual - wanted), `${what}: ${actual}, but the oracle says ${wanted}`).toBeLessThanOrEqual(allowed);
}

describe('the oracle', () => {
  it('has series of every kind', () => {
    const verdicts = FIXTURES.map(({ mannKendall: { verdict } }) => verdict);
    const among = (verdict: string): number => verdicts.filter((each) => each === verdict).length;
    expect(FIXTURES.length).toBeGreaterThanOrEqual(40);
    for (const verdict of ['rising', 'falling', 'no trend']) expect(among(verdict), verdict).toBeGreaterThanOrEqual(5);
    const correlated = FIXTURES.filter((fixture) => fixture.mannKendall.varianceFactor > 1);
    expect(correlated.length).toBeGreaterThanOrEqual(10);
    expect(FIXTURES.filter((fixture) => fixture.changePoints.ends.length > 1).length).toBeGreaterThanOrEqual(8);
  });

  describe.each(FIXTURES.map((fixture): [string, TrendFixture] => [fixture.name, fixture]))('of %s', (_, fixture) => {
    const times = timesOf(fixture);
    const { values } = fixture;

    it('tells the trend as pymannkendall does', () => {
      const { verdict, score, tau, zScore, pValue, varianceFactor } = fixture.mannKendall;
      const expected = { verdict, score, tau, zScore, pValue, varianceFactor, points: values.length };
      expectNear(mannKendall(times, values), expected);
    });

    it('estimates the slope and its interval as scipy does', () => {
      expectNear(theilSen(times, values), { verdict: 'estimated', ...fixture.theilSen, given: values.length });
    });

    it('cuts the series where ruptures does', () => {
      const found = changePoints(times, values);
      if (found.verdict === 'not enough data') throw new Error(found.verdict);
      let end = 0;
      const ends = found.segments.map(({ points }) => (end += points));
      expect(ends).toEqual(fixture.changePoints.ends);
      expectNumber(found.penalty, fixture.changePoints.penalty, 'penalty');
      for (const [index, { level }] of found.segments.entries())
        expectNumber(level, fixture.changePoints.levels[index] ?? Number.NaN, 'level');
    });
  });
});
