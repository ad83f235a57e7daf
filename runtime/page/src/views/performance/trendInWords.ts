import type { TrendRow } from '../../../../src/dashboard/api/performance/trendsSchema.ts';
import { plainText } from '../../components/plainText.ts';

const UNITS = [
  { seconds: 86_400, text: 'a day' },
  { seconds: 3600, text: 'an hour' },
  { seconds: 60, text: 'a minute' },
] as const;

/**
 * What a trend says: `rises by 1.2 MiB an hour (0.9 MiB to 1.5 MiB), by chance: 0.2 %`. Not of a longer time than was seen, as
 * far as minutes go: what grows for a minute does not grow by so much a day.
 */
export function trendInWords(
  { trend, spanMillis }: Pick<TrendRow, 'trend' | 'spanMillis'>,
  format: (value: number) => string,
): string {
  if (trend.verdict === 'not enough data') return `not enough data: ${trend.given} of ${trend.needed} points`;
  const { verdict, pValue, perSecond, lowPerSecond, highPerSecond } = trend;
  if (verdict === 'no trend') return `neither rises nor falls for sure (${chanceInWords(pValue)})`;
  if (perSecond === 0) return `${verdict}, but by too little to be told (${chanceInWords(pValue)})`;
  const { seconds, text } = UNITS.find((unit) => unit.seconds * 1000 <= spanMillis) ?? UNITS[2];
  const changes = [lowPerSecond, highPerSecond]
    .map((each) => each * seconds * Math.sign(perSecond))
    .sort((a, b) => a - b);
  const [least = 0, most = 0] = changes;
  const verb = verdict === 'rising' ? 'rises' : 'falls';
  return `${verb} by ${format(Math.abs(perSecond * seconds))} ${text} (${format(least)} to ${format(most)}), ${chanceInWords(pValue)}`;
}

/** How likely it is chance. */
function chanceInWords(pValue: number): string {
  if (pValue < 0.001) return 'by chance: less than 0.1 %';
  return `by chance: ${(pValue * 100).toFixed(pValue < 0.1 ? 1 : 0)} %`;
}

/** What is ahead: `disk full in 3 d ± 1 d`, `disk full: reached`, `disk full: not in sight`. */
export function forecastWords({ forecast, limit }: Pick<TrendRow, 'forecast' | 'limit'>): string | undefined {
  if (forecast === undefined || limit === undefined) return undefined;
  const meaning = plainText(limit.meaning);
  if (forecast.verdict === 'reaches') return `${meaning} ${forecast.words}`;
  if (forecast.verdict === 'never') return `${meaning}: not in sight`;
  return `${meaning}: ${forecast.words}`;
}
