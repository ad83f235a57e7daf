import type { Forecast } from './forecastToLimit.ts';

const UNITS = [
  { unit: 'd', millis: 86_400_000 },
  { unit: 'h', millis: 3_600_000 },
  { unit: 'min', millis: 60_000 },
  { unit: 's', millis: 1000 },
] as const;
/** What is further away is not told more exactly. */
const FURTHEST_MILLIS = 366 * 86_400_000;
/** How unlike both sides of an interval may be, as a share of the larger one, to be told as one. */
const ALIKE = 0.25;

/**
 * A forecast for people: `in 3 h ± 1 h`, `in 3 h (2 h to 6 h)` where the interval is longer on one side, `in 3 h (2 h or
 * later)`, `in more than a year`, `reached`, `never: no trend` (or `moves away`, `flat`), `not enough data: 4 of 10 points`.
 */
export function forecastInWords(forecast: Forecast): string {
  switch (forecast.verdict) {
    case 'reaches':
      return reachedInWords(forecast.inMillis, forecast.earliestInMillis, forecast.latestInMillis);
    case 'reached':
      return 'reached';
    case 'never':
      return `never: ${forecast.reason}`;
    case 'not enough data':
      return `not enough data: ${forecast.given} of ${forecast.needed} points`;
  }
}

function reachedInWords(inMillis: number, earliest: number, latest: number | undefined): string {
  if (inMillis > FURTHEST_MILLIS) return 'in more than a year';
  const told = `in ${duration(inMillis)}`;
  if (latest === undefined || latest > FURTHEST_MILLIS) return `${told} (${duration(earliest)} or later)`;
  const wider = Math.max(inMillis - earliest, latest - inMillis);
  const narrower = Math.min(inMillis - earliest, latest - inMillis);
  if (wider - narrower > ALIKE * wider) return `${told} (${duration(earliest)} to ${duration(latest)})`;
  return `${told} ± ${duration(wider)}`;
}

/** Below ten with one digit after the point, where it is not 0. */
function duration(millis: number): string {
  const { unit, millis: size } = UNITS.find((each) => millis >= each.millis) ?? UNITS[3];
  const count = millis / size;
  return `${count < 10 ? Math.round(count * 10) / 10 : Math.round(count)} ${unit}`;
}
