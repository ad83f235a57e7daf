import type { RequestGroup } from '../../../../src/dashboard/api/requests/requestGroupsSchema.ts';
import type { DurationStatistics } from '../../../../src/dashboard/api/requests/countedSchema.ts';
import { Count } from '../../components/Count.tsx';
import { formatRatio } from '../../components/counts.ts';
import type { Column } from '../../components/DataTable.tsx';
import { Duration } from '../../components/Duration.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { FAILURES, type RequestFilters, requestsHref } from './requestAddress.ts';
import { formatRate } from './requestWords.ts';

/** What requests are grouped by. */
export const DIMENSIONS = [
  { value: 'operation', text: 'operation' },
  { value: 'userId', text: 'user' },
  { value: 'agentId', text: 'agent' },
  { value: 'state', text: 'state' },
] as const;

/** Something that requests are grouped by. */
export type Dimension = (typeof DIMENSIONS)[number]['value'];

/** What stands for all users, or agents, that the tracker does not tell apart. */
const OTHER = '(other)';

const UNFINISHED: readonly string[] = ['pending', 'processing'];

/** Columns of groups; each number leads to its requests. */
export function groupColumns(by: Dimension): Column<RequestGroup>[] {
  return [
    {
      key: 'key',
      title: titleOf(by),
      width: 'minmax(5rem, 3fr)',
      isSortable: true,
      render: (group) => keyLink(by, group),
    },
    number('count', 'Count', '3.5rem', ({ statistics }) => <Count value={statistics.count} />),
    extra('rate', 'Rate', '5.5rem', (group) =>
      isUnfinished(by, group) ? dash : formatRate(group.statistics.ratePerSecond),
    ),
    number('errorRatio', 'Errors', '3.75rem', (group) => errors(by, group)),
    extra('apdex', 'Apdex', '4rem', ({ statistics: { apdex } }) => (apdex === undefined ? dash : apdex.toFixed(2))),
    extra('p50', 'p50', '5rem', duration('p50Millis')),
    number('p95', 'p95', '4.5rem', duration('p95Millis')),
    extra('p99', 'p99', '5rem', (group) => slowest(by, group)),
    extra('min', 'Min', '5rem', duration('minMillis')),
    extra('mean', 'Mean', '5rem', duration('meanMillis')),
    extra('max', 'Max', '5rem', duration('maxMillis')),
  ];
}

const dash = <span class="hint">–</span>;

function titleOf(by: Dimension): string {
  const { text } = DIMENSIONS.find(({ value }) => value === by) ?? DIMENSIONS[0];
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function keyLink(by: Dimension, { key }: RequestGroup) {
  const filters = filtersFor(by, key);
  if (filters === undefined) return <span title="All that the tracker does not tell apart">{key}</span>;
  return (
    <a href={requestsHref(UNFINISHED.includes(key) && by === 'state' ? 'live' : 'finished', filters)}>
      <Foreign text={key} />
    </a>
  );
}

/** `undefined` where no filter says them: users and agents that are not told apart are no user and no agent. */
function filtersFor(by: Dimension, key: string): RequestFilters | undefined {
  return key === OTHER && by !== 'operation' ? undefined : { [by]: key };
}

function isUnfinished(by: Dimension, { key }: RequestGroup): boolean {
  return by === 'state' && UNFINISHED.includes(key);
}

function errors(by: Dimension, group: RequestGroup) {
  const { failed, cancelled, errorRatio } = group.statistics;
  const failures = failed - cancelled;
  if (errorRatio === undefined || isUnfinished(by, group) || by === 'state') return dash;
  const filters = filtersFor(by, group.key);
  const text = formatRatio(errorRatio);
  if (failures === 0 || filters === undefined) return text;
  return (
    <a class="is-bad-link" href={requestsHref('finished', { ...filters, ...FAILURES })} title={`${failures} failed`}>
      {text}
    </a>
  );
}

function slowest(by: Dimension, group: RequestGroup) {
  const { durations } = group.statistics;
  const filters = filtersFor(by, group.key);
  if (durations === undefined) return dash;
  if (filters === undefined || isUnfinished(by, group)) return <Duration millis={durations.p99Millis} />;
  return (
    <a href={requestsHref('finished', filters, { order: 'slowest' })} title="The slowest of them">
      <Duration millis={durations.p99Millis} />
    </a>
  );
}

function duration(name: keyof DurationStatistics): Column<RequestGroup>['render'] {
  return ({ statistics: { durations } }) => (durations === undefined ? dash : <Duration millis={durations[name]} />);
}

function number(
  key: string,
  title: string,
  width: string,
  render: Column<RequestGroup>['render'],
): Column<RequestGroup> {
  return { key, title, width, isNumber: true, isSortable: true, render };
}

function extra(
  key: string,
  title: string,
  width: string,
  render: Column<RequestGroup>['render'],
): Column<RequestGroup> {
  return { ...number(key, title, width, render), isExtra: true };
}
