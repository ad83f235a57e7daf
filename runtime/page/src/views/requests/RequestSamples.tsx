import type { RequestSamplesResult, SampledRow } from '../../../../src/dashboard/api/requests/requestSamplesSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { Duration } from '../../components/Duration.tsx';
import { formatDuration } from '../../components/durations.ts';
import { Nothing } from '../../components/Nothing.tsx';
import { plainText } from '../../components/plainText.ts';
import { TextFilter } from '../../components/TextFilter.tsx';
import { Time } from '../../components/Time.tsx';
import type { ViewProps } from '../viewProps.ts';
import { filtersOf, requestHref } from './requestAddress.ts';
import { INSTANCE, OPERATION, TRACE } from './requestColumns.tsx';
import { PartlyOff, RequestsOff } from './RequestsOff.tsx';
import { RequestTabs } from './RequestTabs.tsx';
import { StateBadge } from './StateBadge.tsx';

/** The slowest requests of this hour and the last, and some of each band of durations: they lead to traces. */
export function RequestSamples({ address }: ViewProps) {
  const { operation = '' } = address.query;
  const viewed = useView<RequestSamplesResult>({
    path: 'requests/samples',
    query: operation === '' ? {} : { operation },
    topics: ['requests'],
  });
  return (
    <Answered title="Requests" viewed={viewed}>
      {({ off, slowest, bands }, { instances }) => {
        if (off.length === instances.filter(({ problem }) => problem === undefined).length) return <RequestsOff />;
        const columns = sampleColumns(instances.length > 1);
        const table = { columns, keyOf: keyOfSample, hrefOf: ({ id }: SampledRow) => requestHref(id) };
        return (
          <>
            <RequestTabs tab="samples" filters={filtersOf(address.query)} />
            <PartlyOff off={off} />
            <p class="lead">
              Kept of this hour and the last, also after the requests themselves were let go of. Those whose traces are
              recorded come before others.
            </p>
            <div class="filters">
              <TextFilter label="Operation" value={operation} onChange={(typed) => changeQuery({ operation: typed })} />
            </div>
            {slowest.length === 0 ? (
              <Nothing title="There are no samples">
                {operation === ''
                  ? 'Nothing ended this hour or the last.'
                  : `Nothing of ${plainText(operation)} ended this hour or the last.`}
              </Nothing>
            ) : (
              <div class="stack">
                <section>
                  <h2>Slowest</h2>
                  <DataTable caption="The slowest" rows={slowest} {...table} />
                </section>
                {bands
                  .filter(({ requests }) => requests.length > 0)
                  .toReversed()
                  .map((band) => (
                    <section key={band.aboveMillis}>
                      <h2>{bandWords(band)}</h2>
                      <DataTable caption={`Some of ${bandWords(band).toLowerCase()}`} rows={band.requests} {...table} />
                    </section>
                  ))}
              </div>
            )}
          </>
        );
      }}
    </Answered>
  );
}

function sampleColumns(hasReplicas: boolean): Column<SampledRow>[] {
  return [
    OPERATION,
    { key: 'state', title: 'State', width: '6.5rem', render: (request) => <StateBadge request={request} /> },
    {
      key: 'duration',
      title: 'Took',
      width: '5rem',
      isNumber: true,
      render: ({ durationMillis }) => <Duration millis={durationMillis} />,
    },
    {
      key: 'started',
      title: 'Started',
      width: '7rem',
      isExtra: true,
      render: ({ startedMillis }) => <Time millis={startedMillis} />,
    },
    TRACE,
    ...(hasReplicas ? [INSTANCE] : []),
  ];
}

function keyOfSample({ instance, id }: SampledRow): string {
  return `${instance} ${id}`;
}

function bandWords({ aboveMillis, upToMillis }: RequestSamplesResult['bands'][number]): string {
  if (upToMillis === undefined) return `Longer than ${formatDuration(aboveMillis)}`;
  if (aboveMillis === 0) return `Up to ${formatDuration(upToMillis)}`;
  return `${formatDuration(aboveMillis)} to ${formatDuration(upToMillis)}`;
}
