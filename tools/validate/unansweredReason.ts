/** Why a request of `fetch` had no answer in so many seconds: `fetch failed` alone says nothing. */
export function unansweredReason(cause: unknown, answerSeconds: number): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `nothing came within ${answerSeconds} s`;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
