import type { HrTime } from '@opentelemetry/api';

/** Whole microseconds of a time or a duration; 0 for what is negative or no number. */
export function microsecondsOf(time: HrTime): number {
  const microseconds = Math.floor(time[0] * 1_000_000) + Math.floor(time[1] / 1000);
  return microseconds >= 0 && Number.isSafeInteger(microseconds) ? microseconds : 0;
}
