import type { TraceSummaryRow } from '../../../../src/dashboard/api/traces/tracesSchema.ts';
import { Badge } from '../../components/Badge.tsx';
import { formatCount } from '../../components/counts.ts';
import type { Column } from '../../components/DataTable.tsx';
import { Duration } from '../../components/Duration.tsx';
import { plainText } from '../../components/plainText.ts';
import { Time } from '../../components/Time.tsx';

/** How many services are named in a row. */
const NAMED = 3;

/** Columns of traces; bars are in proportion to the longest of them. */
export function traceColumns(longestMicros: number): Column<TraceSummaryRow>[] {
  return [
    { key: 'root', title: 'Trace', width: 'minmax(7rem, 3fr)', render: rootOf },
    {
      key: 'duration',
      title: 'Took',
      width: 'minmax(4.5rem, 1.5fr)',
      render: ({ durationMicros }) => (
        <span class="trace-duration">
          <span class="trace-duration-track" aria-hidden="true">
            <span class="trace-duration-bar" style={{ width: `${(durationMicros / longestMicros) * 100}%` }} />
          </span>
          <Duration millis={durationMicros / 1000} />
        </span>
      ),
    },
    {
      key: 'errors',
      title: 'Failed',
      width: '3.5rem',
      isNumber: true,
      render: ({ errorCount }) =>
        errorCount === 0 ? <span class="hint">none</span> : <Badge tone="bad">{formatCount(errorCount)}</Badge>,
    },
    {
      key: 'spans',
      title: 'Spans',
      width: '4rem',
      isNumber: true,
      isExtra: true,
      render: ({ spanCount }) => formatCount(spanCount),
    },
    { key: 'services', title: 'Services', width: 'minmax(8rem, 2fr)', isExtra: true, render: servicesOf },
    {
      key: 'began',
      title: 'Began',
      width: '7rem',
      isExtra: true,
      render: ({ startMicros }) => <Time millis={startMicros / 1000} />,
    },
    {
      key: 'id',
      title: 'ID',
      width: '6rem',
      isExtra: true,
      render: ({ traceId }) => (
        <span class="id" title={traceId}>
          {plainText(traceId.slice(0, 8))}
        </span>
      ),
    },
  ];
}

function rootOf({ root }: TraceSummaryRow) {
  if (root === undefined) return 'a trace without spans';
  const name = `${plainText(root.service)}: ${plainText(root.operation)}`;
  return (
    <span title={name}>
      {name}
      {!root.isComplete && <span class="hint"> (its beginning is missing)</span>}
    </span>
  );
}

function servicesOf({ services }: TraceSummaryRow) {
  const named = services.slice(0, NAMED).map(({ name, spans }) => `${plainText(name)} ${spans}`);
  const all = services.map(({ name, spans }) => `${plainText(name)}: ${spans}`);
  return (
    <span title={all.join('\n')}>
      {named.join(', ')}
      {services.length > NAMED && ` and ${services.length - NAMED} more`}
    </span>
  );
}
