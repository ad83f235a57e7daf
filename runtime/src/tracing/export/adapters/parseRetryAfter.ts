/**
 * What a `Retry-After` header asks for, in milliseconds from now and never less than 0; `undefined` when it is missing or
 * neither a number of seconds nor a date.
 *
 * @param retryAfter - the header
 * @param answeredAt - the answer's `Date` header: a date is counted from it, since clocks differ; without it, from this
 * process's clock
 */
export function parseRetryAfter(retryAfter: string | undefined, answeredAt: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const then = Date.parse(retryAfter);
  if (Number.isNaN(then)) return undefined;
  const now = Date.parse(answeredAt ?? '');
  return Math.max(0, then - (Number.isNaN(now) ? Date.now() : now));
}
