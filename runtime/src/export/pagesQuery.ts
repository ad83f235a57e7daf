import { MOST_ON_A_PAGE } from '../core/query/pageLimit.ts';
import { redactedText } from '../core/redaction.ts';

/** How many rows are exported, and how many of them are read at a time. */
export interface PagesQuery {
  readonly limit: number;
  readonly pageSize: number;
}

/** @throws RangeError for a limit or a page size that is not allowed. */
export function resolvePagesQuery(
  { limit = Number.POSITIVE_INFINITY, pageSize }: Partial<PagesQuery>,
  defaultPageSize: number,
): PagesQuery {
  const query = { limit, pageSize: pageSize ?? defaultPageSize };
  if (limit !== Number.POSITIVE_INFINITY) checkWithin('limit', limit, Number.MAX_SAFE_INTEGER);
  checkWithin('pageSize', query.pageSize, MOST_ON_A_PAGE);
  return query;
}

/** @throws RangeError */
function checkWithin(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(`${name} is ${redactedText(value)}; allowed: a whole number from 1 to ${most}`);
}
