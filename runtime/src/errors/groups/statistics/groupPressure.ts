import type { ErrorSeverity } from '../../errorSeverity.ts';

/** What of a group says how soon somebody should look at it. */
export interface PressingGroup {
  readonly severity: ErrorSeverity;
  readonly count: number;
  /** How long ago it was seen last, in milliseconds. */
  readonly seenAgoMillis: number;
  readonly isSpiking: boolean;
  readonly isRegressed: boolean;
}

const WEIGHTS: Readonly<Record<ErrorSeverity, number>> = { low: 1, medium: 4, high: 16, critical: 64 };
/** After so long without an error a group presses half as much. */
const HALF_LIFE_MILLIS = 60 * 60 * 1000;
/** Of what is spiking or came back more than its count says. */
const SPIKE_WEIGHT = 4;
const REGRESSION_WEIGHT = 2;

/**
 * How soon somebody should look at a group: by how bad it is, how often it came, by the logarithm, and how long ago. Above 0;
 * only good to be compared with others of the same moment.
 */
export function pressureOf({ severity, count, seenAgoMillis, isSpiking, isRegressed }: PressingGroup): number {
  const recency = 0.5 ** (Math.max(0, seenAgoMillis) / HALF_LIFE_MILLIS);
  const extra = (isSpiking ? SPIKE_WEIGHT : 1) * (isRegressed ? REGRESSION_WEIGHT : 1);
  return WEIGHTS[severity] * Math.log2(1 + count) * recency * extra;
}
