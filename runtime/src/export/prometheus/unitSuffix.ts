import type { MetricKind } from '../../performance/metrics/metricSnapshot.ts';

/** UCUM, as OpenTelemetry writes units, in Prometheus' words. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tebibytes'],
  ['kBy', 'kilobytes'],
  ['KBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['bit', 'bits'],
  ['m', 'meters'],
  ['g', 'grams'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['%', 'percent'],
]);

/** What stands after the stroke of a rate. */
const PER: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['wk', 'week'],
  ['mo', 'month'],
  ['a', 'year'],
]);

/**
 * The unit as Prometheus writes it at the end of a metric's name: `seconds`, `bytes`, `bytes_per_second`; empty where there
 * is none. What stands in braces is no unit: `{request}` is empty, `{request}/s` is `per_second`. `1` is `ratio` of a gauge
 * alone, as OpenTelemetry's own exporters have it: counters of anything had the unit `1` before braces were used.
 */
export function unitSuffix(unit: string, kind: MetricKind): string {
  if (unit === '1') return kind === 'gauge' ? 'ratio' : '';
  const [counted = '', ...divisors] = unit.replaceAll(/\{[^{}]*\}/g, '').split('/');
  const words = [inWords(counted, UNITS)];
  for (const divisor of divisors) {
    const word = inWords(divisor, PER);
    if (word !== '') words.push(`per_${word}`);
  }
  return words.filter((word) => word !== '').join('_');
}

function inWords(unit: string, known: ReadonlyMap<string, string>): string {
  const trimmed = unit.trim();
  if (trimmed === '1') return '';
  return known.get(trimmed) ?? trimmed.replaceAll(/[^a-zA-Z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
}
