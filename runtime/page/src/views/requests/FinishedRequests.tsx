import type { Keeping, RequestsResult } from '../../../../src/dashboard/api/requests/requestsSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { formatCount } from '../../components/counts.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { formatDuration } from '../../components/durations.ts';
import { Nothing } from '../../components/Nothing.tsx';
import { Select } from '../../components/Select.tsx';
import type { ViewProps } from '../viewProps.ts';
import { DownloadLinks } from './DownloadLinks.tsx';
import { filtersOf, requestHref, requestsHref, type RequestFilterName } from './requestAddress.ts';
import { finishedColumns } from './requestColumns.tsx';
import { RequestFilterBar } from './RequestFilterBar.tsx';
import { PartlyOff, RequestsOff } from './RequestsOff.tsx';
import { RequestTabs } from './RequestTabs.tsx';
import { MOST_ROWS, useGrowingLimit } from './useGrowingLimit.ts';

const FIELDS: readonly RequestFilterName[] = [
  'operation',
  'userId',
  'agentId',
  'state',
  'failureType',
  'minDurationMillis',
  'sampled',
  'id',
];

/** Requests that have ended and are kept. */
export function FinishedRequests({ address }: ViewProps) {
  const filters = filtersOf(address.query);
  const order = address.query['order'] === 'slowest' ? 'slowest' : 'newest';
  const { limit, grow } = useGrowingLimit();
  const viewed = useView<RequestsResult>({
    path: 'requests',
    query: { ...filters, show: 'finished', order, limit: String(limit) },
    topics: ['requests'],
  });
  return (
    <Answered title="Requests" viewed={viewed}>
      {({ keeping, off, requests, total }, { instances }) => {
        if (keeping === undefined) return <RequestsOff />;
        return (
          <>
            <RequestTabs tab="finished" filters={filters} unfinished={keeping.unfinished} stuck={keeping.stuck} />
            <PartlyOff off={off} />
            <RequestFilterBar filters={filters} names={FIELDS} states={['completed', 'failed']}>
              <Select
                label="Order"
                value={order}
                options={[
                  { value: 'newest', text: 'newest first' },
                  { value: 'slowest', text: 'slowest first' },
                ]}
                onChange={(chosen) => changeQuery({ order: chosen === 'newest' ? '' : chosen })}
              />
            </RequestFilterBar>
            {requests.length === 0 ? (
              <NoneFinished keeping={keeping} isNarrowed={Object.keys(filters).length > 0} />
            ) : (
              <DataTable
                caption={order === 'newest' ? 'Finished, the newest first' : 'Finished, the slowest first'}
                columns={finishedColumns(instances.length > 1)}
                rows={requests}
                total={total}
                keyOf={({ instance, id }) => `${instance} ${id}`}
                hrefOf={({ id }) => requestHref(id)}
                onEnd={grow}
              />
            )}
            {total > MOST_ROWS && requests.length >= MOST_ROWS && (
              <p class="hint">The first {MOST_ROWS} are shown: narrow the list to see others.</p>
            )}
            {total > 0 && <DownloadLinks filters={filters} hasReplicas={instances.length > 1} />}
            <p class="hint">{keptWords(keeping)}</p>
          </>
        );
      }}
    </Answered>
  );
}

/** How far back the list reaches. */
function keptWords({ finished, maxAgeMillis, maxRequests }: Keeping): string {
  return (
    `${formatCount(finished)} finished requests are kept: for ${formatDuration(maxAgeMillis)} at most, and no more than ` +
    `${formatCount(maxRequests)} on an instance. Groups and samples reach further back.`
  );
}

function NoneFinished({ keeping, isNarrowed }: { readonly keeping: Keeping; readonly isNarrowed: boolean }) {
  if (isNarrowed && keeping.finished > 0) {
    return (
      <Nothing title="No finished request fits">
        {formatCount(keeping.finished)} are kept. Change what is asked above; what is older may be among{' '}
        <a href={requestsHref('samples')}>the samples</a>.
      </Nothing>
    );
  }
  return (
    <Nothing title="No request has ended yet">
      They appear here when they end. Nothing for long? Look whether <code>expressRequests</code>,{' '}
      <code>fastifyRequests</code>, <code>trackHttp</code> or <code>track</code> is in use.
    </Nothing>
  );
}
