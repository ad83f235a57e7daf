import type { ErrorSpike } from '../../errorGroupSnapshot.ts';
import { incompleteBeta } from './incompleteBeta.ts';

/** With fewer errors nobody needs to be told. */
export const FEWEST_OF_A_SPIKE = 5;
/** Nor where they are only a little more than before, however surely. */
const LEAST_RATIO = 2;
/** A baseline of fewer minutes says little. */
const FEWEST_BASELINE_MINUTES = 5;

const MINUTES_OF_A_DAY = 24 * 60;

/** How unlikely a count must be, so that no more false alarms are expected of all groups, each looked at once a minute. */
export function spikeLevel(falseAlarmsPerDay: number, groups: number): number {
  return falseAlarmsPerDay / (MINUTES_OF_A_DAY * Math.max(1, groups));
}

/**
 * Whether a minute's count is a spike against the group's own minutes before: at least 5 errors, at least twice as
 * many as expected, and less likely than `level`.
 *
 * The test is the exact one for two Poisson rates: of the errors of both times together, those of the minute are binomial.
 * Errors that come in bursts vary more. Where the minutes before did (variance over mean above 1), counts are divided by how
 * much more, and the count must be as unlikely by the negative binomial distribution of their mean and variance, too: the
 * burstier a group is, the more it takes. For independent errors of a constant rate false alarms are at most as many as
 * `level` allows; for such bursts as came in the hour before they were twice as many when simulated; of bursts that
 * never came in that hour nothing can be said.
 *
 * @param baseline - the counts of the minutes before; with fewer than 5 nothing is a spike
 * @param level - the probability of a false alarm, see `spikeLevel`
 * @see Przyborowski and Wilenski, Homogeneity of results in testing samples from Poisson series, Biometrika 31 (1940)
 */
export function spikeIn(count: number, baseline: readonly number[], level: number): ErrorSpike | undefined {
  const minutes = baseline.length;
  if (count < FEWEST_OF_A_SPIKE || minutes < FEWEST_BASELINE_MINUTES) return undefined;
  const sum = baseline.reduce((total, each) => total + each, 0);
  const expected = sum / minutes;
  if (count < LEAST_RATIO * expected) return undefined;
  const dispersion = dispersionOf(baseline, expected);
  const byRates = incompleteBeta(1 / (1 + minutes), count / dispersion, sum / dispersion + 1);
  const pValue = Math.max(byRates, burstProbability(count, expected, dispersion));
  return pValue < level ? { count, expected, pValue } : undefined;
}

/** How likely a negative binomial count is at least as high; 0 where nothing varies more than Poisson's. */
function burstProbability(count: number, mean: number, dispersion: number): number {
  return dispersion > 1 ? incompleteBeta((dispersion - 1) / dispersion, count, mean / (dispersion - 1)) : 0;
}

function dispersionOf(counts: readonly number[], mean: number): number {
  if (mean === 0) return 1;
  const squares = counts.reduce((total, count) => total + (count - mean) ** 2, 0);
  return Math.max(1, squares / (counts.length - 1) / mean);
}
