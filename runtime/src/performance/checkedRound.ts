import { ownText } from '../core/ownText.ts';
import type { MetricGap, MetricReading, ReadingRound } from './metricReading.ts';

/** One of the things that are asked in a round. */
export interface ReadingSource {
  /** As gaps name it: `disk space`. */
  readonly name: string;
  /** The names of all metrics that it tells. */
  readonly metrics: readonly string[];
}

const MAX_GAPS = 20;
const MAX_NAMES = 200;

/**
 * What a source told without what cannot be: NaN, the infinities and numbers below 0 become gaps. No metric of machine or
 * process can be below 0.
 */
export function checkedRound(source: ReadingSource, readings: readonly MetricReading[]): ReadingRound {
  const wrong = readings.filter(({ value }) => !isPossible(value));
  if (wrong.length === 0) return { readings, gaps: [] };
  return {
    readings: readings.filter(({ value }) => isPossible(value)),
    gaps: wrong.slice(0, MAX_GAPS).map((reading) => gapOf(source, reading)),
  };
}

/** The whole of a source is not known. */
export function gapOfAll({ name, metrics }: ReadingSource, reason: string): MetricGap {
  return { source: name, metrics, reason };
}

/** Several rounds as one. */
export function joinedRounds(rounds: readonly ReadingRound[]): ReadingRound {
  return { readings: rounds.flatMap(({ readings }) => readings), gaps: rounds.flatMap(({ gaps }) => gaps) };
}

function isPossible(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function gapOf({ name }: ReadingSource, { metric, value, attributes }: MetricReading): MetricGap {
  const of = Object.values(attributes ?? {}).join(', ');
  const said = typeof value === 'number' ? String(value) : `a ${typeof value}`;
  const reason = `gave ${said}${of === '' ? '' : ` for ${ownText(of, MAX_NAMES)}`}`;
  return { source: name, metrics: [metric], attributes, reason };
}
