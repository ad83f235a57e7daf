import type { RequestsResult } from '../../../../src/dashboard/api/requests/requestsSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useLive } from '../../api/live.tsx';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import { formatDuration } from '../../components/durations.ts';
import { Nothing } from '../../components/Nothing.tsx';
import type { ViewProps } from '../viewProps.ts';
import { filtersOf, requestHref } from './requestAddress.ts';
import { unfinishedColumns } from './requestColumns.tsx';
import { RequestFilterBar } from './RequestFilterBar.tsx';
import { PartlyOff, RequestsOff } from './RequestsOff.tsx';
import { RequestTabs } from './RequestTabs.tsx';
import { useElapsed } from './useElapsed.ts';
import { useGrowingLimit } from './useGrowingLimit.ts';

/** Requests under way, the oldest first; those that are stuck with what they wait in. */
export function LiveRequests({ address }: ViewProps) {
  const { state } = useLive();
  const { state: ofState, ...filters } = filtersOf(address.query);
  const isStuckOnly = address.query['show'] === 'stuck';
  const { limit, grow } = useGrowingLimit();
  const asked = { ...filters, ...(ofState === 'pending' || ofState === 'processing' ? { state: ofState } : {}) };
  const viewed = useView<RequestsResult>({
    path: 'requests',
    query: { ...asked, show: isStuckOnly ? 'stuck' : 'unfinished', limit: String(limit) },
    topics: ['requests'],
  });
  const elapsedMillis = useElapsed(viewed.answer, state);
  return (
    <Answered title="Requests" viewed={viewed}>
      {({ keeping, off, requests, total }, { instances }) => {
        if (keeping === undefined) return <RequestsOff />;
        return (
          <>
            <RequestTabs tab="live" filters={filters} unfinished={keeping.unfinished} stuck={keeping.stuck} />
            <PartlyOff off={off} />
            <RequestFilterBar
              filters={asked}
              names={['operation', 'userId', 'agentId', 'state', 'id']}
              states={['pending', 'processing']}
            >
              <label class="check">
                <input
                  type="checkbox"
                  checked={isStuckOnly}
                  onChange={({ currentTarget }) => changeQuery({ show: currentTarget.checked ? 'stuck' : '' })}
                />{' '}
                only stuck ones
              </label>
            </RequestFilterBar>
            {requests.length === 0 ? (
              <NoneUnderWay isNarrowed={isStuckOnly || Object.keys(asked).length > 0} unfinished={keeping.unfinished} />
            ) : (
              <DataTable
                caption="Under way, the oldest first"
                columns={unfinishedColumns(instances.length > 1, elapsedMillis)}
                rows={requests}
                total={total}
                keyOf={({ instance, id }) => `${instance} ${id}`}
                hrefOf={({ id }) => requestHref(id)}
                onEnd={grow}
              />
            )}
            <p class="hint">
              A request is stuck when it has been under way for {formatDuration(keeping.stuckAfterMillis)}: set{' '}
              <code>requests.stuckAfterMillis</code> to change that.
            </p>
          </>
        );
      }}
    </Answered>
  );
}

function NoneUnderWay({ isNarrowed, unfinished }: { readonly isNarrowed: boolean; readonly unfinished: number }) {
  if (isNarrowed && unfinished > 0)
    return <Nothing title="None of these is under way">{unfinished} others are. Change what is asked above.</Nothing>;
  return <Nothing title="No request is under way">They appear here as they start, and leave when they end.</Nothing>;
}
