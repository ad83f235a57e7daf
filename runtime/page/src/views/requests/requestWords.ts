import type { RequestFailure, RequestState } from '../../../../src/dashboard/api/requests/requestSchema.ts';

/** Every state, in the order of a request's life. */
export const STATES: readonly RequestState[] = ['pending', 'processing', 'completed', 'failed'];

/** Why requests fail. */
export const FAILURE_REASONS: readonly RequestFailure['reason'][] = ['error', 'cancelled', 'timeout', 'abandoned'];

const REASON_WORDS: Readonly<Record<RequestFailure['reason'], string>> = {
  error: 'Something went wrong in it.',
  cancelled: 'Nobody waited for the answer any more. It counts as no fault of the service.',
  timeout: 'It took longer than it may.',
  abandoned: 'It never ended: the tracker gave it up. Look for a path on which complete() or fail() is not called.',
};

/** What a reason means. */
export function reasonWords(reason: RequestFailure['reason']): string {
  return REASON_WORDS[reason];
}

/** A failure as short as it says enough: its type, and its reason where that is not `error`. */
export function failureText({ reason, type }: RequestFailure): string {
  if (type === undefined) return reason;
  return reason === 'error' ? type : `${reason}: ${type}`;
}

/** A rate with the unit in which it is no tiny number. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0/s';
  if (perSecond >= 1) return `${threeDigits(perSecond)}/s`;
  const perMinute = perSecond * 60;
  return perMinute >= 1 ? `${threeDigits(perMinute)}/min` : `${threeDigits(perMinute * 60)}/h`;
}

function threeDigits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
