import type { GroupOrder, RequestGroup, RequestGroupsQuery } from './requestGroupsSchema.ts';

const VALUES: Readonly<Record<Exclude<GroupOrder, 'key'>, (group: RequestGroup) => number | undefined>> = {
  count: ({ statistics }) => statistics.count,
  rate: ({ statistics }) => statistics.ratePerSecond,
  failed: ({ statistics }) => statistics.failed,
  errorRatio: ({ statistics }) => statistics.errorRatio,
  apdex: ({ statistics }) => statistics.apdex,
  min: ({ statistics }) => statistics.durations?.minMillis,
  mean: ({ statistics }) => statistics.durations?.meanMillis,
  p50: ({ statistics }) => statistics.durations?.p50Millis,
  p95: ({ statistics }) => statistics.durations?.p95Millis,
  p99: ({ statistics }) => statistics.durations?.p99Millis,
  max: ({ statistics }) => statistics.durations?.maxMillis,
};

/** Puts groups in order; those without the value come last both ways, and equal ones by their names. */
export function groupComparer({
  order,
  direction,
}: Pick<RequestGroupsQuery, 'order' | 'direction'>): (a: RequestGroup, b: RequestGroup) => number {
  const sign = direction === 'down' ? -1 : 1;
  if (order === 'key') return (a, b) => sign * byKey(a, b);
  const valueOf = VALUES[order];
  return (a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined) || byKey(a, b);
    return sign * (left - right) || byKey(a, b);
  };
}

function byKey(a: RequestGroup, b: RequestGroup): number {
  return a.key < b.key ? -1 : Number(a.key > b.key);
}
