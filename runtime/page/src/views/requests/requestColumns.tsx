import type { RequestRow } from '../../../../src/dashboard/api/requests/requestSchema.ts';
import type { Column } from '../../components/DataTable.tsx';
import { Duration } from '../../components/Duration.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Time } from '../../components/Time.tsx';
import { TraceLink } from '../../components/TraceLink.tsx';
import { type RequestTab, requestsHref } from './requestAddress.ts';
import { StateBadge } from './StateBadge.tsx';

/** What a row of a list needs of a request. */
type Listed = Pick<RequestRow, 'operation' | 'traceId' | 'spanId' | 'sampled' | 'instance'>;

/** What is done; it leads to the request. */
export const OPERATION: Column<Listed> = {
  key: 'operation',
  title: 'Operation',
  width: 'minmax(6rem, 3fr)',
  render: ({ operation }) => <Foreign text={operation} />,
};

/** The way to its trace. */
export const TRACE: Column<Listed> = {
  key: 'trace',
  title: 'Trace',
  width: '6rem',
  isExtra: true,
  render: ({ traceId, spanId, sampled }) => <TraceLink traceId={traceId} spanId={spanId} sampled={sampled} />,
};

/** Which replica it was on. */
export const INSTANCE: Column<Listed> = {
  key: 'instance',
  title: 'Instance',
  width: 'minmax(5rem, 1fr)',
  isExtra: true,
  render: ({ instance }) => <Foreign text={instance} />,
};

const STATE: Column<RequestRow> = {
  key: 'state',
  title: 'State',
  width: 'minmax(6rem, 1.2fr)',
  render: (request) => <StateBadge request={request} />,
};

/** Who asked; pressed, it narrows the list. */
function whoColumns(tab: RequestTab): Column<RequestRow>[] {
  const narrowed = (name: 'userId' | 'agentId', value: string | undefined) =>
    value === undefined ? (
      <span class="hint">–</span>
    ) : (
      <a href={requestsHref(tab, { [name]: value })}>
        <Foreign text={value} />
      </a>
    );
  return [
    {
      key: 'user',
      title: 'User',
      width: 'minmax(5rem, 1fr)',
      isExtra: true,
      render: ({ userId }) => narrowed('userId', userId),
    },
    {
      key: 'agent',
      title: 'Agent',
      width: 'minmax(5rem, 1fr)',
      isExtra: true,
      render: ({ agentId }) => narrowed('agentId', agentId),
    },
  ];
}

/** Columns of requests that have ended. */
export function finishedColumns(hasReplicas: boolean): Column<RequestRow>[] {
  return [
    OPERATION,
    STATE,
    {
      key: 'duration',
      title: 'Took',
      width: '5.25rem',
      isNumber: true,
      render: ({ durationMillis }) => <Duration millis={durationMillis} />,
    },
    {
      key: 'ended',
      title: 'Ended',
      width: '6.5rem',
      isExtra: true,
      render: ({ startedMillis, durationMillis }) => <Time millis={startedMillis + durationMillis} />,
    },
    ...whoColumns('finished'),
    TRACE,
    ...(hasReplicas ? [INSTANCE] : []),
  ];
}

/**
 * Columns of requests that are under way.
 *
 * @param elapsedMillis - how long ago the answer came: durations have grown by so much
 */
export function unfinishedColumns(hasReplicas: boolean, elapsedMillis: number): Column<RequestRow>[] {
  return [
    OPERATION,
    STATE,
    {
      key: 'duration',
      title: 'For',
      width: '5.25rem',
      isNumber: true,
      render: ({ durationMillis }) => <Duration millis={Math.round((durationMillis + elapsedMillis) / 100) * 100} />,
    },
    { key: 'waitsIn', title: 'Waits in', width: 'minmax(8rem, 2fr)', isExtra: true, render: waitsIn },
    ...whoColumns('live'),
    TRACE,
    ...(hasReplicas ? [INSTANCE] : []),
  ];
}

function waitsIn({ isStuck, waitsIn: span, traceId }: RequestRow) {
  if (!isStuck) return null;
  if (span === undefined) {
    return (
      <span
        class="hint"
        title={traceId === undefined ? 'It has no trace.' : 'No unfinished span of its trace is known.'}
      >
        not known
      </span>
    );
  }
  return (
    <span>
      <Foreign text={span.name} />{' '}
      <span class="hint">
        since <Time millis={span.sinceMillis} />
      </span>
    </span>
  );
}
