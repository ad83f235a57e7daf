import { mannKendall } from '../../../runtime/src/performance/statistics/mannKendall.ts';
import { theilSen } from '../../../runtime/src/performance/statistics/theilSen.ts';
import { timesOf, trendFixtures, type TrendFixture } from '../../fixtures/trends/trendFixtures.ts';
import { atMost, type Figure } from '../figure.ts';

/** How far trends are from what pymannkendall and scipy say of the series in tests/fixtures/trends. */
export function oracleFigures(): readonly Figure[] {
  const fixtures = trendFixtures();
  const most = (distance: (fixture: TrendFixture) => number): readonly number[] => [
    Math.max(...fixtures.map(distance)),
  ];
  const series = `over ${fixtures.length} series`;
  return [
    atMost(`p-value of a trend to pymannkendall's, at most, ${series}`, most(pValueDistance), 1e-6, 'apart'),
    atMost(`slope and interval to scipy's, at most, ${series}`, most(slopeDistance), 1e-6, 'of the interval apart'),
  ];
}

function pValueDistance(fixture: TrendFixture): number {
  const trend = mannKendall(timesOf(fixture), fixture.values);
  return trend.verdict === 'not enough data' ? Infinity : Math.abs(trend.pValue - fixture.mannKendall.pValue);
}

/** As a share of the width of the interval; of the slope itself where there is none. */
function slopeDistance({ theilSen: expected, ...fixture }: TrendFixture): number {
  const slope = theilSen(timesOf(fixture), fixture.values);
  if (slope.verdict === 'not enough data') return Infinity;
  const width = expected.highPerSecond - expected.lowPerSecond || Math.abs(expected.perSecond) || 1;
  const keys = ['perSecond', 'lowPerSecond', 'highPerSecond'] as const;
  return Math.max(...keys.map((key) => Math.abs(slope[key] - expected[key]))) / width;
}
