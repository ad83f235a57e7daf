import { checkOptions, type OptionKind } from '../../core/optionKinds.ts';

/**
 * Of how few points no trend is told: with fewer the normal distribution is no good likeness of Kendall's S.
 *
 * @see Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), 16.4.2
 */
export const MIN_TREND_POINTS = 10;

/**
 * Of how many points a trend is told. More are thinned out: as many at even distances in their order are taken, the first
 * and the last among them. All pairs of points are compared, so this bounds time (some five milliseconds) and memory (1 MB).
 */
export const MAX_TREND_POINTS = 500;

/** A number between 0 and 1, neither of them. */
export const SHARE: OptionKind = {
  allowed: 'a number between 0 and 1',
  accepts: (value) => typeof value === 'number' && value > 0 && value < 1,
};

/** A number that measures something (`isMeasurement`). */
export const FINITE: OptionKind = {
  allowed: 'a number of at most 1e150 in size',
  accepts: (value) => typeof value === 'number' && Math.abs(value) <= 1e150,
};

/** @throws ConfigurationError with every option that is unknown or out of its range. */
export function checkTrendOptions(options: unknown, kinds: Readonly<Record<string, OptionKind>>): void {
  checkOptions(options, kinds, 'trend');
}
