import type { RequestGroup, RequestGroupsResult } from '../../../../src/dashboard/api/requests/requestGroupsSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { formatCount } from '../../components/counts.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { formatDuration } from '../../components/durations.ts';
import { Nothing } from '../../components/Nothing.tsx';
import { Select } from '../../components/Select.tsx';
import { TextFilter } from '../../components/TextFilter.tsx';
import type { ViewProps } from '../viewProps.ts';
import { filtersOf } from './requestAddress.ts';
import { DIMENSIONS, type Dimension, groupColumns } from './groupColumns.tsx';
import { GroupTotals } from './GroupTotals.tsx';
import { PartlyOff, RequestsOff } from './RequestsOff.tsx';
import { RequestTabs } from './RequestTabs.tsx';
import { useGrowingLimit } from './useGrowingLimit.ts';

const WINDOWS = [
  { value: '1m', text: 'last minute' },
  { value: '5m', text: 'last 5 minutes' },
  { value: '1h', text: 'last hour' },
  { value: '24h', text: 'last 24 hours' },
];

/** What requests took and how they ended, by what they have in common. */
export function RequestGroups({ address }: ViewProps) {
  const { query } = address;
  const by = DIMENSIONS.find(({ value }) => value === query['by'])?.value ?? 'operation';
  const windowAsked = WINDOWS.find(({ value }) => value === query['window'])?.value ?? '1h';
  const { order = 'count', text = '' } = query;
  const direction = query['direction'] === 'up' ? 'up' : 'down';
  const { limit, grow } = useGrowingLimit();
  const viewed = useView<RequestGroupsResult>({
    path: 'requests/groups',
    query: { by, window: windowAsked, order, direction, limit: String(limit), ...(text !== '' && { text }) },
    topics: ['requests'],
  });
  const sort = (key: string) =>
    changeQuery({ order: key, direction: key === order ? (direction === 'down' ? 'up' : '') : startOf(key) });
  return (
    <Answered title="Requests" viewed={viewed}>
      {({ off, all, groups, total, coveredSeconds, countBeyond }, { instances }) => {
        if (off.length === instances.filter(({ problem }) => problem === undefined).length) return <RequestsOff />;
        return (
          <>
            <RequestTabs tab="groups" filters={filtersOf(query)} />
            <PartlyOff off={off} />
            <div class="filters">
              <Select
                label="Grouped by"
                value={by}
                options={DIMENSIONS}
                onChange={(chosen) => changeQuery({ by: chosen, text: '' })}
              />
              <Select
                label="Window"
                value={windowAsked}
                options={WINDOWS}
                onChange={(chosen) => changeQuery({ window: chosen })}
              />
              <TextFilter label="Name has" value={text} onChange={(typed) => changeQuery({ text: typed })} />
            </div>
            {all && <GroupTotals statistics={all} coveredSeconds={coveredSeconds} />}
            {groups.length === 0 ? (
              <NoGroups by={by} isNarrowed={text !== ''} />
            ) : (
              <DataTable<RequestGroup>
                caption="Groups"
                columns={groupColumns(by)}
                rows={groups}
                total={total}
                keyOf={({ key }) => key}
                sorting={{ key: order, isDescending: direction === 'down' }}
                onSort={sort}
                onEnd={grow}
              />
            )}
            <p class="hint">
              Percentiles are within 1 % of the exact ones, of all instances together, too. Figures cover the last{' '}
              {formatDuration(coveredSeconds * 1000)}.
              {by !== 'state' && ' What is beyond the limits of the tracker is (other).'}
              {countBeyond > 0 && ` ${formatCount(countBeyond)} requests are of groups beyond the busiest 1000.`}
            </p>
          </>
        );
      }}
    </Answered>
  );
}

/** What one looks for first: the worst, and names from A on. */
function startOf(key: string): string {
  return key === 'key' || key === 'apdex' ? 'up' : '';
}

function NoGroups({ by, isNarrowed }: { readonly by: Dimension; readonly isNarrowed: boolean }) {
  if (isNarrowed) return <Nothing title="No group has such a name">Change the text above.</Nothing>;
  if (by === 'userId' || by === 'agentId') {
    return (
      <Nothing title={by === 'userId' ? 'No user is known' : 'No agent is known'}>
        Nothing ended in this window that named one. Middlewares take <code>{by}</code> as a function of the request.
      </Nothing>
    );
  }
  return <Nothing title="Nothing ended in this window">Choose a longer one above.</Nothing>;
}
