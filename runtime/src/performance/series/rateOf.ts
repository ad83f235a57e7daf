import type { MetricKind } from '../metrics/metricSnapshot.ts';
import type { Distribution } from './distribution.ts';

/** What a slice of a counter or of a histogram comes to each second; `undefined` for others, and where no time is covered. */
export function rateOf(kind: MetricKind, { count, sum, coveredMillis }: Distribution): number | undefined {
  if (coveredMillis === 0) return undefined;
  return ((kind === 'histogram' ? count : sum) * 1000) / coveredMillis;
}
